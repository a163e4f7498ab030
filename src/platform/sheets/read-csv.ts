import { type CsvError, parse } from 'csv-parse/sync'
import { fileLimits } from '../files/file-limits.ts'
import { cellAddress } from './cell-problem.ts'
import { decodeText } from './decode-text.ts'
import { unguarded } from './formula-guard.ts'
import type { RawSheet, SheetRow, SheetValue, TextEncoding } from './sheet.ts'
import { tooLongCell, UnreadableFile } from './unreadable-file.ts'

/** 读 CSV — every record is a row, as a spreadsheet would show it; separators are comma or tab. */
export function readCsv(bytes: Buffer): { raw: RawSheet; encoding: TextEncoding } {
  const { text, encoding } = decodeText(bytes)
  const raw = {
    name: '',
    hidden: false,
    rows: rowsOf(text),
    problems: [],
    merges: [],
    hiddenRows: new Set<number>(),
    hiddenColumns: new Set<number>(),
  }
  return { raw, encoding }
}

/** Rows are judged as they come, so that a file of nothing but line ends or commas is refused, not gathered. */
function rowsOf(text: string): SheetRow[] {
  const delimiter = delimiterOf(text)
  refuseEndlessLine(text, delimiter)
  const rows: SheetRow[] = []
  let row = 0
  const take = (record: string[]) => {
    if (++row > fileLimits.sheetRows) throw longerThanAnySheet()
    if (record.length > fileLimits.columns) throw tooWide(row, record.length)
    const cells = record.map((field, index) => fieldValue(field, index + 1, row))
    if (cells.every((cell) => cell === undefined)) return null
    if (row > fileLimits.rows) throw tooLong(row)
    rows.push({ row, cells })
    return null
  }
  try {
    parse(text, { delimiter, relaxColumnCount: true, skipEmptyLines: false, onRecord: take })
  } catch (error) {
    if (error instanceof UnreadableFile) throw error
    throw brokenQuotes(error as CsvError)
  }
  return rows
}

/** Tab where the first lines hold tabs and no commas: what “文本（制表符分隔）” gives. */
function delimiterOf(text: string): string {
  const head = text.slice(0, 4096)
  return head.includes('\t') && !head.includes(',') ? '\t' : ','
}

/** Commas may stand inside a quoted text, but never so many in one line. */
const separatorsInLine = 10_000

function refuseEndlessLine(text: string, delimiter: string): void {
  const separator = delimiter.charCodeAt(0)
  let line = 1
  let found = 0
  for (let at = 0; at < text.length; at++) {
    const character = text.charCodeAt(at)
    if (character === 10) {
      line++
      found = 0
    } else if (character === separator && ++found > separatorsInLine) throw tooWide(line, found)
  }
}

function fieldValue(field: string, column: number, row: number): SheetValue | undefined {
  if (field.length > fileLimits.cellCharacters) throw tooLongCell(cellAddress(column, row))
  const text = unguarded(field)
  return text === '' ? undefined : { kind: 'text', text }
}

function brokenQuotes(error: CsvError): UnreadableFile {
  const line = typeof error.lines === 'number' ? error.lines : 1
  return new UnreadableFile(
    'file.csv-quotes',
    `第 ${line} 行附近的引号没有成对—分不清一个格子到哪里为止—请在表格软件里打开检查，另存为 .xlsx 或 CSV UTF-8 后再传。`,
    { cause: error },
  )
}

function tooLong(row: number): UnreadableFile {
  return new UnreadableFile(
    'file.too-many-rows',
    `第 ${row} 行还有内容，超过 ${fileLimits.rows} 行—一次导入装不下，平台不会截断—请按县或按学年拆成几个文件分别导入。`,
  )
}

function longerThanAnySheet(): UnreadableFile {
  return new UnreadableFile(
    'file.too-many-rows',
    `文件超过 ${fileLimits.sheetRows} 行（连空行在内）—表格软件自己也存不下这么多—请删去空行，或按县或按学年拆成几个文件分别导入。`,
  )
}

function tooWide(row: number, columns: number): UnreadableFile {
  return new UnreadableFile(
    'file.too-many-columns',
    `第 ${row} 行有 ${columns} 列，超过 ${fileLimits.columns} 列—不像是本平台的数据表—请用平台下载的模板填写。`,
  )
}
