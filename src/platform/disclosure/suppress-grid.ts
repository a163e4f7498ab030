import { type CountTable, smallestCell, suppressCells } from './suppress-cells.ts'

/** 行列表 — counts by row and column; row, column and grand totals are published beside them. */
export interface Grid {
  readonly rows: readonly string[]
  readonly columns: readonly string[]
  readonly counts: readonly (readonly number[])[]
}

/** 抑制后的表 — null where a count may not be shown; the last row and column are the totals. */
export type SuppressedGrid = readonly (readonly (number | null)[])[]

const total = 'total'
const nameOf = (row: number | typeof total, column: number | typeof total) => `${row}/${column}`

/** 行列表的单元格 — with its totals, and which cell is the sum of which. */
export function gridTable({ rows, columns, counts }: Grid): CountTable {
  const cells = new Map<string, number>()
  const add = (name: string, value: number) => cells.set(name, (cells.get(name) ?? 0) + value)
  counts.forEach((row, i) => {
    row.forEach((value, j) => {
      for (const name of [nameOf(i, j), nameOf(i, total), nameOf(total, j), nameOf(total, total)])
        add(name, value)
    })
  })
  const [down, across] = [rows.map((_, i) => i), columns.map((_, j) => j)]
  const rowSums = [...down, total as typeof total].map((i) => ({
    total: nameOf(i, total),
    parts: across.map((j) => nameOf(i, j)),
  }))
  const columnSums = [...across, total as typeof total].map((j) => ({
    total: nameOf(total, j),
    parts: down.map((i) => nameOf(i, j)),
  }))
  return { cells, sums: [...rowSums, ...columnSums] }
}

/** 抑制行列表 — the table as it may be published, totals in the last row and column. */
export function suppressGrid(grid: Grid, minimum = smallestCell): SuppressedGrid {
  const table = gridTable(grid)
  const { hidden } = suppressCells(table, minimum)
  const down = [...grid.rows.keys(), total as typeof total]
  const across = [...grid.columns.keys(), total as typeof total]
  return down.map((i) =>
    across.map((j) => (hidden.has(nameOf(i, j)) ? null : (table.cells.get(nameOf(i, j)) as number))),
  )
}
