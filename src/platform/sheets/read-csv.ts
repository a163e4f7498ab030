import { type CsvError, parse } from 'csv-parse/sync'
import { fileLimits } from '../files/file-limits.ts'
import { decodeText } from './decode-text.ts'
import type { RawSheet, SheetRow, SheetValue } from './sheet.ts'
import { UnreadableFile } from './unreadable-file.ts'

/** 读 CSV — every record is a row, as a spreadsheet would show it; separators are comma or tab. */
export function readCsv(bytes: Buffer): { raw: RawSheet; encoding: 'UTF-8' | 'GB18030' } {
  const { text, encoding } = decodeText(bytes)
  const rows: SheetRow[] = []
  for (const [index, record] of records(text).entries()) {
    const cells = record.map(fieldValue)
    if (cells.every((cell) => cell === undefined)) continue
    if (index >= fileLimits.rows) throw tooLong(index + 1)
    if (record.length > fileLimits.columns) throw tooWide(index + 1, record.length)
    rows.push({ row: index + 1, cells })
  }
  const raw = {
    name: '',
    hidden: false,
    rows,
    problems: [],
    merges: [],
    hiddenRows: new Set<number>(),
    hiddenColumns: new Set<number>(),
  }
  return { raw, encoding }
}

function records(text: string): string[][] {
  try {
    return parse(text, { delimiter: delimiterOf(text), relaxColumnCount: true, skipEmptyLines: false })
  } catch (error) {
    throw brokenQuotes(error as CsvError)
  }
}

/** Tab where the first lines hold tabs and no commas: what “文本（制表符分隔）” gives. */
function delimiterOf(text: string): string {
  const head = text.slice(0, 4096)
  return head.includes('\t') && !head.includes(',') ? '\t' : ','
}

/** A leading apostrophe guards a text against being run as a formula; the writer puts it, the reader takes it off. */
function fieldValue(field: string): SheetValue | undefined {
  const text = /^'+[=+\-@\t\r]/.test(field) ? field.slice(1) : field
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

function tooWide(row: number, columns: number): UnreadableFile {
  return new UnreadableFile(
    'file.too-many-columns',
    `第 ${row} 行有 ${columns} 列，超过 ${fileLimits.columns} 列—不像是本平台的数据表—请用平台下载的模板填写。`,
  )
}
