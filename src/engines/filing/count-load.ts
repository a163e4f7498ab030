import type { Answers, FiledAnswers } from '../../kernel/filed-answers.ts'
import { isAsked } from './judge-filing.ts'
import { type KnownRows, keyOf, rowOf } from './known-rows.ts'
import { type OfferedField, type OfferedForm, prefill } from './prefill.ts'

/** 一份报表的负担 — how many fields it asks, and of how many the answer is there before anybody writes. */
export interface FormLoad {
  readonly fields: number
  /** There from the books: shown, or the rows they know. */
  readonly shown: number
  /** Offered from the period before, to be confirmed. */
  readonly offered: number
  /** To be written by hand; what the books should show and do not know is asked but cannot be written. */
  readonly write: number
}

/** 已有的数 — what is there before anybody writes: the period before, the facts shown, the rows a book knows. */
export interface There {
  readonly before?: FiledAnswers | undefined
  readonly known: Answers
  readonly rows?: KnownRows | undefined
}

/** 数填报负担 — of one filing: `written` says which fields are asked; where nothing is written yet, what is offered does. */
export function countLoad(form: OfferedForm, written: FiledAnswers, there: There): FormLoad {
  const once = form.parts.flatMap(({ fields }) => fields)
  const fields = form.lines?.fields ?? []
  const past = pastOf(form, there)
  const places = linesAsked(form, written, there).map(({ line, answers }) =>
    countPlace(fields, answers, past(line, answers), rowOf(there.rows, answers) ?? {}),
  )
  const single = countPlace(once, written.once, there.before?.once ?? {}, there.known)
  return [single, ...places].reduce(addLoads)
}

/** 合计负担 — of several filings together. */
export function addLoads(one: FormLoad, other: FormLoad): FormLoad {
  return {
    fields: one.fields + other.fields,
    shown: one.shown + other.shown,
    offered: one.offered + other.offered,
    write: one.write + other.write,
  }
}

function linesAsked(
  form: OfferedForm,
  written: FiledAnswers,
  { before, rows }: There,
): FiledAnswers['lines'] {
  if (!form.lines) return []
  if (written.lines.length > 0) return written.lines
  const cells = Map.groupBy(prefill(form, before, rows), ({ line }) => line)
  const offered = [...cells].flatMap(([line, of]) =>
    line === 0 ? [] : [{ line, answers: Object.fromEntries(of.map(({ field, value }) => [field, value])) }],
  )
  const few = Math.max(0, (form.lines.atLeast ?? 0) - offered.length)
  const empty = Array.from({ length: few }, (_, at) => ({ line: offered.length + at + 1, answers: {} }))
  return [...offered, ...empty]
}

/** The line of the period before that a line goes on from: told by the keys where a book knows the rows, else by its place. */
function pastOf({ lines }: OfferedForm, { before, rows }: There) {
  const past = lines?.freshEachTime ? [] : (before?.lines ?? [])
  const place = (line: number, answers: Answers) => (rows ? keyOf(rows.keys, answers) : line)
  const at = new Map(past.map(({ line, answers }) => [place(line, answers), answers]))
  return (line: number, answers: Answers): Answers => {
    const here = place(line, answers)
    return (here === undefined ? undefined : at.get(here)) ?? {}
  }
}

function countPlace(
  fields: readonly OfferedField[],
  written: Answers,
  before: Answers,
  known: Answers,
): FormLoad {
  const offers = Object.fromEntries(
    fields.filter(({ freshEachTime }) => !freshEachTime).map(({ id }) => [id, before[id]]),
  )
  const isEmpty = Object.values(written).every((answer) => answer === undefined)
  const answers = { ...(isEmpty && offers), ...known, ...written }
  const asked = fields.filter((field) => isAsked(field, answers))
  const asking = asked.filter(({ id, shows }) => !shows && known[id] === undefined)
  const offered = asking.filter(({ id }) => offers[id] !== undefined).length
  return {
    fields: asked.length,
    shown: asked.filter(({ id }) => known[id] !== undefined).length,
    offered,
    write: asking.length - offered,
  }
}
