import type { CellProblem } from '../../../platform/sheets/cell-problem.ts'
import { type FieldRow, fieldProblem } from './read-rows.ts'

/** 合计相符 — do the two parts add up to the whole, where all three are given? */
export function judgeSum(
  row: FieldRow,
  parts: readonly [string, string],
  whole: string,
  words: { readonly parts: string; readonly whole: string },
): CellProblem[] {
  const [one, other, sum] = [row.values[parts[0]], row.values[parts[1]], row.values[whole]]
  if (typeof one !== 'number' || typeof other !== 'number' || typeof sum !== 'number') return []
  if (one + other === sum) return []
  return [
    fieldProblem(
      row,
      whole,
      'figures.sum',
      `${words.parts}之和是 ${one + other}，与${words.whole} ${sum} 不等—两种说法只能有一个对—请核对三个数。`,
    ),
  ]
}
