import type { CellProblem } from '../../../platform/sheets/cell-problem.ts'
import type { KnownBooks } from './known-books.ts'
import { type FieldRow, fieldProblem } from './read-rows.ts'

/** 发布日期可信 — not in the future, and not before the day the figure speaks of. */
export function judgePublication(
  row: FieldRow,
  known: KnownBooks,
  speaksOf: string | undefined,
): CellProblem[] {
  const { vintage } = row.values
  if (typeof vintage !== 'string') return []
  if (vintage > known.today)
    return [
      fieldProblem(
        row,
        'vintage',
        'vintage.future',
        `发布日期 ${vintage} 还没有到—没有公布的数不能当已知的数用—请填实际公布的日期。`,
      ),
    ]
  if (speaksOf !== undefined && vintage < speaksOf)
    return [
      fieldProblem(
        row,
        'vintage',
        'vintage.too-early',
        `发布日期 ${vintage} 早于数据所说的 ${speaksOf}—还没发生的数不可能公布—请核对两个日期。`,
      ),
    ]
  return []
}
