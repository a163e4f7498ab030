import type { CellProblem } from '../../../platform/sheets/cell-problem.ts'
import type { ImportTable } from '../tables/import-table.ts'
import type { KnownBooks } from './known-books.ts'
import { type FieldRow, fieldProblem } from './read-rows.ts'

/** 一格数的上限 — figures larger than the largest there can be: digits too many, or cells run together. */
export function judgeLargest(table: ImportTable, row: FieldRow, known: KnownBooks): CellProblem[] {
  return table.columns.flatMap(({ key, header, largest }) => {
    const value = row.values[key]
    if (largest === undefined || typeof value !== 'number') return []
    const limit = known.limits.largest[largest]
    if (value <= limit) return []
    return [
      fieldProblem(
        row,
        key,
        'number.implausible',
        `“${value}”超过 ${limit}—一行的“${header}”不可能有这么多—请检查是否多写了位数，或把几个数连在了一起。`,
      ),
    ]
  })
}
