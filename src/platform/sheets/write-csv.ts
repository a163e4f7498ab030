import iconv from 'iconv-lite'
import { guarded } from './formula-guard.ts'
import { plainValue, type WrittenSheet, type WrittenValue } from './written-sheet.ts'

/**
 * 写 CSV — UTF-8 with its mark, or GB18030, as spreadsheets in offices open them without asking.
 *
 * A text that a spreadsheet would run as a formula gets a leading apostrophe; numbers, also negative
 * ones, stay as they are. `captions` come first, one line each, marked with #.
 */
export function writeCsv(sheet: WrittenSheet, encoding: 'UTF-8' | 'GB18030'): Buffer {
  const lines = [...(sheet.captions ?? []).map((caption) => csvField(`# ${caption}`))]
  lines.push(csvLine(sheet.columns.map((column) => column.header)))
  for (const row of sheet.rows) lines.push(csvLine(row.map(plainValue)))
  const text = `${lines.join('\r\n')}\r\n`
  return encoding === 'UTF-8' ? Buffer.from(`\ufeff${text}`) : iconv.encode(text, 'gb18030')
}

/** CSV 行 — one record without its line end. */
export function csvLine(values: readonly WrittenValue[]): string {
  return values.map(csvField).join(',')
}

function csvField(value: WrittenValue): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number') return String(value)
  const text = guarded(value)
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
