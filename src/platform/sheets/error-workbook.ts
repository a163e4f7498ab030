import exceljs from 'exceljs'
import { type CellProblem, cellAddress, parseAddress } from './cell-problem.ts'
import { problemFill, reasonColumn, reasonHeader, reasonsByRow } from './problem-marks.ts'
import type { Sheet } from './sheet.ts'
import { writeMarkedRows } from './write-marked-rows.ts'

/** A workbook up to this size is loaded whole, so that it comes back exactly as it was. */
const wholeUpTo = 5 * 1024 * 1024

/**
 * 错误回填 — the user's own file back: every cell at fault red, and the reasons in a last column.
 *
 * A CSV, or a workbook too large to hold whole, comes back as a workbook of its rows. A reason column of
 * an earlier round is written over, so the mended file can go round again.
 */
export async function errorWorkbook(
  original: Buffer,
  sheet: Sheet,
  problems: readonly CellProblem[],
): Promise<Buffer> {
  if (sheet.fileKind === 'csv' || original.length > wholeUpTo) return writeMarkedRows(sheet, problems)
  const whole = await loadWhole(original, sheet.name)
  if (!whole) return writeMarkedRows(sheet, problems)
  markCells(whole.worksheet, problems)
  writeReasons(whole.worksheet, sheet, problems)
  return Buffer.from(await whole.workbook.xlsx.writeBuffer())
}

/** A few well-formed workbooks hold parts that the library cannot carry: those are rebuilt from their rows. */
async function loadWhole(original: Buffer, name: string) {
  const workbook = new exceljs.Workbook()
  const loaded = await workbook.xlsx.load(original as unknown as exceljs.Buffer).catch(() => undefined)
  const worksheet = loaded?.getWorksheet(name)
  return worksheet && { workbook, worksheet }
}

function markCells(worksheet: exceljs.Worksheet, problems: readonly CellProblem[]): void {
  for (const { path, severity } of problems) {
    if (!parseAddress(path)) continue
    const cell = worksheet.getCell(path)
    // Loaded cells share one style object: a change in place would colour all that look alike.
    cell.style = { ...cell.style, fill: problemFill(severity) }
  }
}

function writeReasons(worksheet: exceljs.Worksheet, sheet: Sheet, problems: readonly CellProblem[]): void {
  const column = reasonColumn(sheet)
  const header = worksheet.getCell(cellAddress(column, sheet.headerRow))
  header.value = reasonHeader
  header.style = { font: { bold: true, color: { argb: 'FFB3261E' } }, alignment: { wrapText: true } }
  for (const { row } of sheet.rows) worksheet.getCell(cellAddress(column, row)).value = null
  for (const [row, text] of reasonsByRow(problems, sheet.headerRow)) {
    const cell = worksheet.getCell(cellAddress(column, row))
    cell.value = row === sheet.headerRow ? `${reasonHeader}：${text}` : text
    cell.style = { alignment: { wrapText: true, vertical: 'top' }, font: { color: { argb: 'FFB3261E' } } }
  }
  worksheet.getColumn(column).width = 60
}
