import type { CellProblem } from '../../../platform/sheets/cell-problem.ts'
import { overlay, type RowEntry } from './kind-rules.ts'
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

/**
 * 旧分项 — a whole corrected without its parts would contradict the parts the book keeps.
 *
 * Asked only where the book already holds the entry and the file leaves a part empty.
 */
export function judgeStaleParts<E extends object>(
  rows: readonly RowEntry<E>[],
  bookSays: (entry: E) => E | undefined,
  parts: readonly [keyof E & string, keyof E & string],
  whole: keyof E & string,
): CellProblem[] {
  return rows.flatMap(({ row, entry }) => {
    const before = bookSays(entry)
    if (!before) return []
    const merged = overlay(before, entry)
    const [one, other, sum] = [merged[parts[0]], merged[parts[1]], merged[whole]].map(Number)
    const known = parts.every((part) => typeof merged[part] === 'number')
    const given = parts.every((part) => typeof entry[part] === 'number')
    if (!known || given || Number(one) + Number(other) === sum) return []
    return [
      fieldProblem(
        row,
        whole,
        'figures.stale-parts',
        `改成 ${sum} 后，与台账里原有的分性别数（${one} 和 ${other}）对不上—合计和分项要一起改—请把男、女两列也填上。`,
      ),
    ]
  })
}
