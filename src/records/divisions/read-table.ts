import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'

/** 读取数据表 — the rows of a shipped UTF-8 CSV file by column name. */
export function readTable(file: string): Record<string, string>[] {
  return parse<Record<string, string>>(readFileSync(file, 'utf8'), { columns: true, bom: true })
}
