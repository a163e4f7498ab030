import type { CellProblem } from './cell-problem.ts'
import { errorWorkbook } from './error-workbook.ts'
import { readSheet, type WantedTable } from './read-sheet.ts'

/** 另线回填 — the file with its faults marked, made in a thread of its own; undefined when it cannot be read. */
export async function compute(input: {
  bytes: Uint8Array
  wanted: WantedTable
  problems: readonly CellProblem[]
}): Promise<Uint8Array | undefined> {
  const bytes = Buffer.from(input.bytes)
  const { sheet } = await readSheet(bytes, input.wanted)
  return sheet && errorWorkbook(bytes, sheet, input.problems)
}
