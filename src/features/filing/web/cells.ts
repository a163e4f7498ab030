import { writeAnswer } from '../../../engines/filing/read-answer.ts'
import type { Severity } from '../../../kernel/severity.ts'
import type { FilingShown } from '../contract.ts'
import type { DraftSaver } from './draft-saver.ts'
import type { JudgedHere } from './judge-here.ts'
import { cellKey } from './kept-draft.ts'
import type { ReturnRemarks } from './return-remarks.ts'
import type { ShownField } from './shown-field.ts'

/** 填写中的报表 — the filing as the platform told it, what is written on top, and what is wrong with both together. */
export interface Desk {
  readonly filing: FilingShown
  readonly saver: DraftSaver
  readonly judged: JudgedHere
  /** What is to be said with a return; only for whoever may return the filing. */
  readonly returning?: ReturnRemarks | undefined
}

/** 单元格文字 — what stands in a cell before the writer's eyes: what he wrote and is not saved yet, else what is saved. */
export function cellText(saver: DraftSaver, line: number, field: ShownField): string {
  const unsaved = saver.unsaved(cellKey(line, field.id))
  if (unsaved) return unsaved.written
  const stands = saver.standing(line, field.id)
  return stands === null ? '' : writeAnswer(field, stands)
}

/** 单元格意见 — what is wrong with a cell: it cannot be read, a check marks it, or the office returned it. */
export function cellRemarks(
  { filing, judged, returning }: Desk,
  line: number,
  field: string,
): { says: string; severity: Severity }[] {
  const here = (each: { line: number; field: string }) => each.line === line && each.field === field
  const returned = filing.phase === 'returned' ? (filing.steps.at(-1)?.cells ?? []) : []
  const remarks = judged.remarks.filter((remark) => remark.line === line && remark.fields.includes(field))
  return [
    ...judged.unread.filter(here).map(({ says }) => ({ says, severity: 'error' as const })),
    ...returned.filter(here).map(({ says }) => ({ says: `退回意见：${says}`, severity: 'doubt' as const })),
    ...(returning?.all ?? [])
      .filter(here)
      .map(({ says }) => ({ says: `拟退回：${says}`, severity: 'doubt' as const })),
    // What is merely not written yet is no mistake until one hands in.
    ...(judged.unread.some(here) ? [] : remarks).map(({ says, severity, check }) => ({
      says: check ? says : '还没有填',
      severity: check ? severity : ('hint' as const),
    })),
  ]
}

/** 来处 — whose word stands in a cell that nobody wrote here: the period before, or the book that knows the rows. */
export function originOf(
  { rows }: FilingShown,
  origin: FilingShown['cells'][number]['origin'] | undefined,
): string | undefined {
  if (origin === 'before') return '上期'
  return origin === 'book' ? (rows?.origin ?? '台账') : undefined
}

/** 最重的意见 — an error before a doubt before a hint. */
export function worst(remarks: readonly { readonly severity: Severity }[]): Severity | undefined {
  return (['error', 'doubt', 'hint'] as const).find((one) => remarks.some(({ severity }) => severity === one))
}

/** 选项文字 — the words an answer is chosen from; undefined where one writes freely. */
export function choicesOf({ type, codes }: ShownField): readonly string[] | undefined {
  return type === 'yes-no' ? yesAndNo : codes?.map(({ zh }) => zh)
}

/** 是否填数 — written with the digits of the keyboard and read from the right. */
export function isNumeric({ type }: ShownField): boolean {
  return type === 'count' || type === 'number' || type === 'money'
}

/** 是否选取 — an institution, a unit or a file is chosen, never written. */
export function picks({ type }: Pick<ShownField, 'type'>): boolean {
  return type === 'institution' || type === 'unit' || type === 'file'
}

/** 列宽 — so that the words of the question can be read in the head, up to a width a screen still has room for. */
export function widthOf(field: ShownField): number {
  const letters = field.zh.length + (field.unit ? field.unit.length + 2 : 0)
  return Math.min(220, Math.max(isNumeric(field) ? 116 : 150, 20 + 13 * letters))
}

const yesAndNo = ['是', '否']
