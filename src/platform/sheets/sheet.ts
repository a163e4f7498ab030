import type { CellProblem } from './cell-problem.ts'

/**
 * 单元格的值 — what stands in a cell, as text and with the kind the file gave it.
 *
 * A date is written 2024-09-01, a boolean TRUE or FALSE, a number as the file stores it. `flawed` is a
 * cell that already has its problem (a formula, an error value, a merged cell): its value is not used.
 */
export interface SheetValue {
  readonly kind: 'text' | 'number' | 'date' | 'boolean' | 'flawed'
  readonly text: string
}

/** 行 — one row that holds something; `cells[0]` is column A. */
export interface SheetRow {
  readonly row: number
  readonly cells: readonly (SheetValue | undefined)[]
}

/** 文字编码 — of a CSV file. */
export type TextEncoding = 'UTF-8' | 'GB18030' | 'UTF-16'

/** 表头 — one filled header cell. */
export interface SheetHeader {
  readonly column: number
  readonly text: string
}

/** 表 — the one table of a file: its header row and the rows under it. */
export interface Sheet {
  readonly fileKind: 'xlsx' | 'csv'
  /** Name of the worksheet; empty for CSV. */
  readonly name: string
  readonly encoding?: TextEncoding
  readonly headerRow: number
  readonly headers: readonly SheetHeader[]
  readonly rows: readonly SheetRow[]
  /** Visible worksheets beside this one that were not read. */
  readonly otherSheets: readonly string[]
}

/** 读表结果 — the table, absent when the file cannot be read, and what was found on the way. */
export interface SheetReading {
  readonly sheet?: Sheet
  readonly problems: readonly CellProblem[]
}

/** Rows before the header is known: one worksheet, or one CSV file, as it stands. */
export interface RawSheet {
  readonly name: string
  readonly hidden: boolean
  readonly rows: readonly SheetRow[]
  readonly problems: readonly CellProblem[]
  /** Merged areas, as the file writes them: "A5:A7". */
  readonly merges: readonly string[]
  readonly hiddenRows: ReadonlySet<number>
  readonly hiddenColumns: ReadonlySet<number>
}
