import { writeAnswer } from '../../../engines/filing/read-answer.ts'
import type { Severity } from '../../../kernel/severity.ts'
import type { FilingShown, FormShown } from '../contract.ts'
import type { DraftSaver } from './draft-saver.ts'
import { cellKey } from './kept-draft.ts'

export type ShownField = FormShown['parts'][number]['fields'][number]

/** 单元格文字 — what stands in a cell before the writer's eyes: what he wrote and is not saved yet, else what is saved. */
export function cellText(saver: DraftSaver, line: number, field: ShownField): string {
  const unsaved = saver.draft.get(cellKey(line, field.id))
  if (unsaved) return unsaved.written
  const stands = saver.standing(line, field.id)
  return stands === null ? '' : writeAnswer(field, stands)
}

/** 单元格意见 — what is wrong with a cell: it could not be read, a check marks it, or the office returned it. */
export function cellRemarks(
  filing: FilingShown,
  saver: DraftSaver,
  line: number,
  field: string,
): { says: string; severity: Severity }[] {
  const key = cellKey(line, field)
  const unread = saver.told?.wrong.find((each) => cellKey(each.line, each.field) === key)
  const remarks = (saver.told?.remarks ?? filing.remarks).filter(
    (remark) => remark.line === line && remark.fields.includes(field),
  )
  const last = filing.steps.at(-1)
  const returned = filing.phase === 'returned' ? (last?.cells ?? []) : []
  return [
    ...(unread && saver.draft.has(key) ? [{ says: unread.says, severity: 'error' as const }] : []),
    ...returned
      .filter((each) => each.line === line && each.field === field)
      .map(({ says }) => ({ says: `退回意见：${says}`, severity: 'doubt' as const })),
    // What is merely not written yet is no mistake until one hands in.
    ...remarks.map(({ says, severity, check }) => ({
      says: check ? says : '还没有填',
      severity: check ? severity : ('hint' as const),
    })),
  ]
}

/** 写一块 — a block pasted at a cell goes down and to the right, field by field and line by line. */
export function writeBlock(
  saver: DraftSaver,
  block: readonly (readonly string[])[],
  places: readonly (readonly { line: number; field: string }[])[],
): void {
  for (const [row, cells] of block.entries())
    for (const [column, written] of cells.entries()) {
      const place = places[row]?.[column]
      if (place) saver.write(place.line, place.field, written)
    }
}
