import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import exceljs from 'exceljs'
import { cellAddress, columnLetters } from './cell-problem.ts'
import {
  plainValue,
  type WrittenCell,
  type WrittenColumn,
  type WrittenSheet,
  type WrittenValue,
} from './written-sheet.ts'

/** Excel holds no more rows than this in one sheet; a writer that would cut must refuse before. */
export const workbookRowLimit = 1_048_576

const codeSheet = '代码'
const headerFill = fill('FF16324A')
const fills = { given: fill('FFEDEDED'), found: fill('FFDCEBF7') }
const requiredFill = fill('FF8A5A00')

/**
 * 写工作簿 — writes row by row, so that a large table needs little memory, and returns the file.
 *
 * `watermark` says who took the file out, when, under which number: printed above and below every page of every
 * sheet, and kept in the file's own properties, where cutting and renaming leave it.
 *
 * Drop-downs read their words from a sheet that is `veryHidden`: a clerk cannot unhide it by accident.
 */
export async function writeWorkbook(sheets: readonly WrittenSheet[], watermark?: string): Promise<Buffer> {
  const stream = new PassThrough()
  const file = buffer(stream)
  const workbook = new exceljs.stream.xlsx.WorkbookWriter({ stream, useStyles: true })
  workbook.creator = '扩优'
  if (watermark) Object.assign(workbook, { keywords: watermark, description: watermark })
  const lists = codeLists(sheets)
  for (const sheet of sheets) writeSheet(workbook, sheet, lists, watermark)
  if (lists.size > 0) writeCodeSheet(workbook, [...lists.keys()])
  await workbook.commit()
  return file
}

type Writer = exceljs.stream.xlsx.WorkbookWriter
type SheetWriter = exceljs.Worksheet

function writeSheet(
  workbook: Writer,
  sheet: WrittenSheet,
  lists: ReadonlyMap<string, string>,
  watermark: string | undefined,
): void {
  const captions = sheet.captions ?? []
  const headerRow = captions.length + 1
  const writer = workbook.addWorksheet(sheet.name, {
    views: [{ state: 'frozen', ySplit: headerRow }],
    ...(watermark && { headerFooter: onEveryPage(watermark) }),
  })
  writer.columns = sheet.columns.map((column) => ({
    width: column.width ?? Math.max(10, column.header.length * 2 + 4),
    style: { numFmt: formatOf(column) },
  }))
  for (const caption of captions) writeCaption(writer, caption)
  writeHeader(writer, sheet.columns)
  let last = headerRow
  for (const values of sheet.rows) {
    const row = writer.addRow(values.map(safeText))
    sheet.columns.forEach((column, index) => {
      const tint = column.given ? 'given' : tintOf(values[index])
      if (tint) row.getCell(index + 1).fill = fills[tint]
    })
    row.commit()
    last++
  }
  addDropDowns(writer, sheet.columns, lists, headerRow + 1, last + (sheet.spareRows ?? 0))
  writer.commit()
}

/** In headers an ampersand begins an instruction (&14 is the size): doubled, it is itself. */
function onEveryPage(watermark: string): Partial<exceljs.HeaderFooter> {
  const text = watermark.replaceAll('&', '&&')
  return { oddHeader: `&C&14 ${text}`, oddFooter: `&C&14 ${text}　第 &P 页` }
}

function writeCaption(writer: SheetWriter, caption: string): void {
  const row = writer.addRow([caption])
  row.getCell(1).numFmt = '@'
  row.getCell(1).font = { bold: true, color: { argb: 'FF222222' } }
  row.commit()
}

function writeHeader(writer: SheetWriter, columns: readonly WrittenColumn[]): void {
  const row = writer.addRow(columns.map((column) => column.header))
  row.height = 24
  columns.forEach((column, index) => {
    const cell = row.getCell(index + 1)
    cell.numFmt = '@'
    cell.font = { bold: true, color: { argb: 'FFFFFFFF' } }
    cell.fill = column.required ? requiredFill : headerFill
    cell.alignment = { vertical: 'middle', horizontal: 'center', wrapText: true }
    if (column.note) cell.note = column.note
  })
  row.commit()
}

function formatOf(column: WrittenColumn): string {
  return column.kind === 'text' ? '@' : column.kind === 'integer' ? '0' : 'General'
}

/** A string cell is never run as a formula in XLSX; only characters XML cannot hold are dropped. */
function safeText(cell: WrittenCell): WrittenValue {
  const value = plainValue(cell)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are exactly the ones XML forbids
  return typeof value === 'string' ? value.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '') : value
}

function tintOf(cell: WrittenCell): 'given' | 'found' | undefined {
  const empty = plainValue(cell) === null || plainValue(cell) === undefined
  return typeof cell === 'object' && !empty ? cell?.tint : undefined
}

function codeLists(sheets: readonly WrittenSheet[]): Map<string, string> {
  const lists = new Map<string, string>()
  for (const { choices } of sheets.flatMap((sheet) => sheet.columns)) {
    if (!choices || choices.length === 0 || lists.has(listKey(choices))) continue
    const letters = columnLetters(lists.size + 1)
    lists.set(listKey(choices), `'${codeSheet}'!$${letters}$1:$${letters}$${choices.length}`)
  }
  return lists
}

const separator = '\u001f'

function listKey(choices: readonly string[]): string {
  return choices.join(separator)
}

function writeCodeSheet(workbook: Writer, lists: readonly string[]): void {
  const writer = workbook.addWorksheet(codeSheet, { state: 'veryHidden' })
  const columns = lists.map((list) => list.split(separator))
  const longest = Math.max(...columns.map((column) => column.length))
  for (let index = 0; index < longest; index++)
    writer.addRow(columns.map((column) => column[index] ?? null)).commit()
  writer.commit()
}

interface WithValidations {
  readonly dataValidations: { add(range: string, validation: exceljs.DataValidation): void }
}

function addDropDowns(
  writer: SheetWriter,
  columns: readonly WrittenColumn[],
  lists: ReadonlyMap<string, string>,
  first: number,
  last: number,
): void {
  if (last < first) return
  columns.forEach(({ choices, header }, index) => {
    const source = choices && lists.get(listKey(choices))
    if (!source) return
    const range = `${cellAddress(index + 1, first)}:${cellAddress(index + 1, last)}`
    ;(writer as unknown as WithValidations).dataValidations.add(range, {
      type: 'list',
      allowBlank: true,
      formulae: [source],
      showErrorMessage: true,
      errorTitle: header,
      error: `“${header}”只能从下拉列表里选。`,
    })
  })
}

function fill(argb: string): exceljs.FillPattern {
  return { type: 'pattern', pattern: 'solid', fgColor: { argb } }
}
