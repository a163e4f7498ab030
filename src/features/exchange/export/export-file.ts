import { createHash } from 'node:crypto'
import { granted, type Result, refused } from '../../../kernel/result.ts'
import { csvLine, writeCsv } from '../../../platform/sheets/write-csv.ts'
import { workbookRowLimit, writeWorkbook } from '../../../platform/sheets/write-workbook.ts'
import type { WrittenSheet } from '../../../platform/sheets/written-sheet.ts'
import { importTables } from '../tables/all-tables.ts'
import type { ImportKind } from '../tables/import-table.ts'
import { type FieldValues, writtenColumns, writtenRow } from './written-columns.ts'

export const exportFormats = ['xlsx', 'csv', 'gb18030'] as const
export type ExportFormat = (typeof exportFormats)[number]

/** 导出文件 — with the number of its rows and the check value of them, both also stated inside. */
export interface ExportFile {
  readonly name: string
  readonly type: string
  readonly content: Buffer
  readonly rows: number
  readonly sha256: string
}

/** 导出说明 — what the first lines of the file tell. */
export interface ExportNote {
  readonly kind: ImportKind
  readonly place: string
  readonly asOf: string
  readonly synthetic: boolean
  /** Set where the rows go into several files: which of how many, and the rows of all together. */
  readonly part?: { readonly number: number; readonly of: number; readonly all: number }
}

/** Lines above the rows: notes and the header. */
const linesAbove = 4

/** 一个文件的行数 — as many as a sheet holds below them. */
export const rowsInOneFile = workbookRowLimit - linesAbove

/**
 * 写导出文件 — every row, or a refusal; never a part. Importing the file again changes nothing.
 *
 * The check value is the SHA-256 of the data rows as comma-separated UTF-8 lines ended by \n.
 */
export async function exportFile(
  note: ExportNote,
  values: readonly FieldValues[],
  format: ExportFormat,
): Promise<Result<ExportFile>> {
  const table = importTables[note.kind]
  if (values.length > rowsInOneFile)
    return refused({
      code: 'exchange.too-many-rows',
      text: `共 ${values.length} 行，超过一个表能装下的 ${workbookRowLimit} 行—平台不会悄悄截断—请改用“后台导出”，会分成几个文件；或按县、按学年分开导出。`,
      facts: { rows: values.length },
    })
  const rows = values.map((each) => writtenRow(table, each))
  const hash = createHash('sha256')
  for (const row of rows) hash.update(`${csvLine(row)}\n`)
  const sha256 = hash.digest('hex')
  const sheet = {
    name: table.name,
    captions: captionsOf(note, rows.length, sha256),
    columns: writtenColumns(table),
    rows,
  }
  const part = note.part ? `-第${note.part.number}份共${note.part.of}份` : ''
  const name = `${note.synthetic ? '合成数据-' : ''}${table.name}-${note.place}-${note.asOf}${part}`
  return granted({ ...(await fileOf(sheet, format, name)), rows: rows.length, sha256 })
}

function captionsOf(
  { kind, place, asOf, synthetic, part }: ExportNote,
  rows: number,
  sha256: string,
): string[] {
  return [
    ...(synthetic ? ['合成数据：仅供演示，不代表任何真实学校'] : []),
    `${importTables[kind].name}，${place}，台账截至 ${asOf}`,
    `${part ? `全部 ${part.all} 行分 ${part.of} 份，本份第 ${part.number} 份，` : ''}共 ${rows} 行；数据行校验值 SHA-256 ${sha256}`,
  ]
}

async function fileOf(sheet: WrittenSheet, format: ExportFormat, name: string) {
  if (format === 'xlsx')
    return {
      name: `${name}.xlsx`,
      type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      content: await writeWorkbook([sheet]),
    }
  const encoding = format === 'csv' ? 'UTF-8' : 'GB18030'
  return {
    name: `${name}.csv`,
    type: `text/csv; charset=${encoding.toLowerCase()}`,
    content: writeCsv(sheet, encoding),
  }
}
