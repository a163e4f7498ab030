/** 文件上限 — one object for everything that is read from outside; more is refused, never cut. */
export const fileLimits = {
  /** As sent. */
  bytes: 20 * 1024 * 1024,
  /** All parts of a package together, counted while inflating. */
  inflatedBytes: 200 * 1024 * 1024,
  /** Inflated to packed: no office file comes near. */
  ratio: 100,
  parts: 2_000,
  rows: 200_000,
  /** Rows of a spreadsheet, filled or not: a file with more was not written by one. */
  sheetRows: 1_048_576,
  columns: 200,
  /** Filled cells of all sheets together. */
  cells: 8_000_000,
  /** As spreadsheets themselves allow in one cell. */
  cellCharacters: 32_767,
  sheets: 200,
  /** Faults of cells that are told one by one: a file with more is not worth reading on. */
  flaws: 5_000,
  sharedTexts: 1_000_000,
  styles: 65_536,
  pixels: 50_000_000,
  /** For the thread that reads a table. */
  readingMemoryMb: 1_024,
} as const
