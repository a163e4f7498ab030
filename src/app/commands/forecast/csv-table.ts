import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import type { Problem } from '../../../kernel/problem.ts'
import { decodeText } from './decode-text.ts'

/** 一行 — its line number in the file and its cells, trimmed. */
export interface CsvRow {
  readonly line: number
  readonly cells: readonly string[]
}

/** 表 — the header and the rows of a csv file. */
export interface CsvTable {
  readonly header: readonly string[]
  readonly rows: readonly CsvRow[]
}

/** 表的问题 — where in which file, and what is wrong with it. */
export function problem(file: string, line: number | undefined, code: string, text: string): Problem {
  const where = line === undefined ? file : `${file} 第 ${line} 行`
  return { path: where, code, text: `${where}：${text}` }
}

/** 读 csv — the table of a file, or what is wrong with it. */
export function readCsv(file: string): { table: CsvTable } | { problems: Problem[] } {
  const bytes = readBytes(file)
  if (!bytes)
    return {
      problems: [
        problem(file, undefined, 'csv.unreadable', '文件打不开——不存在、是文件夹或无权读取。请核对路径。'),
      ],
    }
  if (bytes.length === 0)
    return {
      problems: [problem(file, undefined, 'csv.empty', '文件是空的——没有表头和数据。请给出 csv 表。')],
    }
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) {
    return {
      problems: [
        problem(
          file,
          undefined,
          'csv.workbook',
          '不是 csv——看起来是 xlsx 或压缩包。请另存为“CSV UTF-8”后再用。',
        ),
      ],
    }
  }
  const text = decodeText(bytes)
  if (text === undefined) {
    return {
      problems: [
        problem(
          file,
          undefined,
          'csv.encoding',
          '编码无法识别——既不是 UTF-8 也不是 GB18030。请另存为 UTF-8 的 csv。',
        ),
      ],
    }
  }
  return parseTable(file, text)
}

function readBytes(file: string): Uint8Array | undefined {
  try {
    return readFileSync(file)
  } catch {
    return undefined
  }
}

interface CsvRecord {
  readonly record: string[]
  readonly info: { readonly lines: number }
}

function parseTable(file: string, text: string): { table: CsvTable } | { problems: Problem[] } {
  const records = parseRecords(text)
  if (!Array.isArray(records)) {
    const why = '不是合格的 csv——引号没有成对或分隔混乱。请用表格软件重新另存为 csv。'
    return { problems: [problem(file, records.line, 'csv.malformed', why)] }
  }
  const [first, ...rest] = records
  if (!first || first.record.length < 3) {
    const why = '不是 csv——表头里没有用逗号分开的列名。请用逗号分隔的表。'
    return { problems: [problem(file, 1, 'csv.not-csv', why)] }
  }
  const header = first.record
  const repeated = header.find((name, at) => name !== '' && header.indexOf(name) !== at)
  if (repeated) {
    const why = `列名“${repeated}”出现两次——不知用哪一列。请改名或删去一列。`
    return { problems: [problem(file, 1, 'csv.column-twice', why)] }
  }
  const filled = rest.filter(({ record }) => record.some((cell) => cell !== ''))
  const uneven = filled.filter(({ record }) => record.length !== header.length)
  if (uneven.length > 0) return { problems: uneven.map((found) => wrongWidth(file, found, header.length)) }
  return { table: { header, rows: filled.map(({ record, info }) => ({ line: info.lines, cells: record })) } }
}

function parseRecords(text: string): CsvRecord[] | { line: number | undefined } {
  const options = { bom: true, info: true, trim: true, skip_empty_lines: true, relax_column_count: true }
  try {
    return parse(text, options) as unknown as CsvRecord[]
  } catch (error) {
    return { line: (error as { lines?: number }).lines }
  }
}

function wrongWidth(file: string, found: CsvRecord, wanted: number): Problem {
  const why = `有 ${found.record.length} 格，表头有 ${wanted} 列——多出或缺少逗号。请补齐该行。`
  return problem(file, found.info.lines, 'csv.width', why)
}
