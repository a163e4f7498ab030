import type { Answer, Answers, FiledAnswers } from '../../kernel/filed-answers.ts'
import { isAsked } from './judge-filing.ts'
import { type KnownRows, keyOf } from './known-rows.ts'
import { type AskedField, readAnswer, writeAnswer } from './read-answer.ts'

/** 可带出的字段 — a field that may be filled before anybody writes. */
export interface OfferedField extends AskedField {
  /** Only shown from a book, never written. */
  readonly shows?: string
  readonly freshEachTime?: true
}

/** 可带出的表 — what must be known of a form to fill it in beforehand. */
export interface OfferedForm {
  readonly parts: readonly { readonly fields: readonly OfferedField[] }[]
  readonly lines?: {
    readonly atLeast?: number
    readonly atMost?: number
    /** Every row that a book knows is owed, and stands there from the beginning. */
    readonly owed?: true
    /** The lines of the period before are others than this period's. */
    readonly freshEachTime?: true
    readonly fields: readonly OfferedField[]
  }
}

/** 带出的值 — what stands in a cell before anybody writes, and where it comes from: the period before, or a book. */
export interface OfferedCell {
  readonly line: number
  readonly field: string
  readonly value: Answer
  readonly origin: 'before' | 'book'
}

/**
 * 带出已有数据 — a filing as it is found when it is opened: the rows that are owed and a book knows, and everywhere what the
 * period before said and still may be said.
 *
 * Rows of the period before are found again by what tells them apart, not by where they stood; those that the book no
 * longer knows are left out. A value the form no longer allows, or would not ask for, is not carried over.
 */
export function prefill(
  form: OfferedForm,
  before: FiledAnswers | undefined,
  known: KnownRows | undefined,
): OfferedCell[] {
  const once = form.parts.flatMap(({ fields }) => fields)
  const fields = form.lines?.fields ?? []
  return [
    ...offered(once, 0, {}, before?.once ?? {}),
    ...linesOffered(form, before, known).flatMap(({ line, book, past }) => offered(fields, line, book, past)),
  ]
}

interface OfferedLine {
  readonly line: number
  readonly book: Answers
  readonly past: Answers
}

function linesOffered(
  { lines }: OfferedForm,
  before: FiledAnswers | undefined,
  known: KnownRows | undefined,
) {
  if (!lines) return []
  const past = lines.freshEachTime ? [] : (before?.lines ?? [])
  const rows = (lines.owed ? (known?.rows ?? []) : []).filter((row) =>
    canStand(lines.fields, known?.keys ?? [], row),
  )
  if (!known || rows.length === 0)
    return past.map(({ line, answers }): OfferedLine => ({ line, book: {}, past: answers }))
  const byKey = Map.groupBy(past, ({ answers }) => keyOf(known.keys, answers))
  return rows
    .flatMap((row) =>
      (byKey.get(keyOf(known.keys, row)) ?? [{ answers: {} }]).map(({ answers }) => ({ row, answers })),
    )
    .slice(0, lines.atMost)
    .map(({ row, answers }, at): OfferedLine => ({ line: at + 1, book: row, past: answers }))
}

/** A row of a kind this form does not ask about, such as a nursery class in a timetable, is no row of it. */
function canStand(fields: readonly OfferedField[], keys: readonly string[], row: Answers): boolean {
  return keys.every((key) => {
    const field = fields.find(({ id }) => id === key)
    return field !== undefined && isAllowed(field, row[key])
  })
}

function offered(fields: readonly OfferedField[], line: number, book: Answers, past: Answers): OfferedCell[] {
  const cells = fields.flatMap((field): OfferedCell[] => {
    const { id, shows, freshEachTime } = field
    if (shows !== undefined) return []
    const said = book[id]
    if (said !== undefined && isAllowed(field, said))
      return [{ line, field: id, value: said, origin: 'book' }]
    const last = freshEachTime ? undefined : past[id]
    return last !== undefined && isAllowed(field, last)
      ? [{ line, field: id, value: last, origin: 'before' }]
      : []
  })
  const answers = Object.fromEntries(cells.map(({ field, value }) => [field, value]))
  const asked = new Set(fields.filter((field) => isAsked(field, answers)).map(({ id }) => id))
  return cells.filter(({ field }) => asked.has(field))
}

function isAllowed(field: AskedField, value: Answer | undefined): boolean {
  return value !== undefined && 'answer' in readAnswer(field, writeAnswer(field, value))
}
