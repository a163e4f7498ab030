import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import exceljs from 'exceljs'
import type { CellProblem } from './cell-problem.ts'
import { problemFill, reasonColumn, reasonHeader, reasonsByRow } from './problem-marks.ts'
import type { Sheet, SheetRow, SheetValue } from './sheet.ts'

/** 重建带标记的表 — the rows as a new workbook, each at its old address, faults coloured, reasons in a last column. */
export async function writeMarkedRows(sheet: Sheet, problems: readonly CellProblem[]): Promise<Buffer> {
  const stream = new PassThrough()
  const file = buffer(stream)
  const workbook = new exceljs.stream.xlsx.WorkbookWriter({ stream, useStyles: true })
  const worksheet = workbook.addWorksheet(sheet.name || '导入数据')
  const marks = Map.groupBy(problems, (problem) => problem.row)
  const reasons = reasonsByRow(problems, sheet.headerRow)
  const column = reasonColumn(sheet)
  for (const row of [headerAsRow(sheet), ...sheet.rows]) {
    const written = worksheet.getRow(row.row)
    row.cells.forEach((cell, index) => {
      if (cell) written.getCell(index + 1).value = writtenValue(cell)
    })
    for (const mark of marks.get(row.row) ?? [])
      if (mark.column > 0) written.getCell(mark.column).fill = problemFill(mark.severity)
    const reason = reasons.get(row.row)
    const isHeader = row.row === sheet.headerRow
    const told = isHeader ? [reasonHeader, reason].filter(Boolean).join('：') : reason
    if (told) written.getCell(column).value = told
    written.commit()
  }
  await workbook.commit()
  return file
}

function headerAsRow(sheet: Sheet): SheetRow {
  const cells: (SheetValue | undefined)[] = []
  for (const { column, text } of sheet.headers) cells[column - 1] = { kind: 'text', text }
  return { row: sheet.headerRow, cells: Array.from(cells) }
}

function writtenValue(cell: SheetValue): string | number {
  return cell.kind === 'number' ? Number(cell.text) : cell.text
}
