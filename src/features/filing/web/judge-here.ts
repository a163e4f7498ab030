import { isAsked, judgeFiling, type Remark } from '../../../engines/filing/judge-filing.ts'
import { withKnownRows } from '../../../engines/filing/known-rows.ts'
import { readAnswer } from '../../../engines/filing/read-answer.ts'
import type { Answer, FiledAnswers } from '../../../kernel/filed-answers.ts'
import type { FilingShown } from '../contract.ts'
import type { FormShown } from '../form-contract.ts'
import type { DraftSaver } from './draft-saver.ts'
import { placeOf } from './kept-draft.ts'
import { everyField, type ShownField } from './shown-field.ts'

/** 本机核验 — what is wrong with the filing as it stands before the writer's eyes, saved or not, with or without a connection. */
export interface JudgedHere {
  readonly remarks: readonly Remark[]
  /** Cells whose text cannot be read as an answer. */
  readonly unread: readonly { readonly line: number; readonly field: string; readonly says: string }[]
  readonly filed: FiledAnswers
}

/** 本机核验 — by the same reader and rules as the server; facts the books hold count as answers. */
export function judgeHere(filing: FilingShown, saver: DraftSaver): JudgedHere {
  const { form, rules, known, rows, before, facts, parameters } = filing
  const fields = new Map(everyField(form).map((field) => [field.id, field]))
  const byLine = new Map<number, Record<string, Answer>>()
  const unread: JudgedHere['unread'][number][] = []
  for (const [key, cell] of saver.cells()) {
    const { line, field: id } = placeOf(key)
    const field = fields.get(id)
    const read = 'stands' in cell ? { answer: cell.stands } : field && readAnswer(field, cell.written)
    if (read && 'wrong' in read) unread.push({ line, field: id, says: read.wrong })
    if (!read || !('answer' in read) || read.answer === null) continue
    const answers = byLine.get(line) ?? {}
    answers[id] = read.answer
    byLine.set(line, answers)
  }
  const told = Object.entries(known).flatMap(([id, { value }]) =>
    value === null ? [] : [[id, value] as const],
  )
  const once = { ...Object.fromEntries(told), ...byLine.get(0) }
  byLine.delete(0)
  const lines = [...byLine].sort(([one], [other]) => one - other)
  const shown = (form.lines?.fields ?? []).flatMap(({ id, shows }) => (shows ? [id] : []))
  const written = { once, lines: lines.map(([line, answers]) => ({ line, answers })) }
  const filed = withKnownRows(written, rows, shown)
  const beside = { ...(before && { before }), facts, parameters }
  // Comparisons with other filings are the server's: they stand as it told them last.
  const compared = filing.remarks.filter(({ found }) => found !== undefined)
  return { remarks: [...judgeFiling(askedOnly(form), rules, filed, beside), ...compared], unread, filed }
}

/** 是否在问 — a field under a condition is asked on the filing or on a line only where the condition is met. */
export function isAskedHere(judged: JudgedHere, line: number, field: ShownField): boolean {
  const { once, lines } = judged.filed
  return isAsked(field, line === 0 ? once : (lines.find((each) => each.line === line)?.answers ?? {}))
}

function askedOnly(form: FormShown): FormShown {
  const shown = (field: ShownField): ShownField =>
    field.shows === undefined ? field : { ...field, optional: true }
  return {
    ...form,
    parts: form.parts.map((part) => ({ ...part, fields: part.fields.map(shown) })),
    ...(form.lines && { lines: { ...form.lines, fields: form.lines.fields.map(shown) } }),
  }
}
