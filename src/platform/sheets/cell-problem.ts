import type { Problem } from '../../kernel/problem.ts'
import { scrubText } from '../watch/scrub.ts'

/**
 * 单元格问题 — one thing found in a file; `path` is the cell's address as the spreadsheet shows it.
 *
 * An error keeps its row out. A doubt lets it in only with a stated reason. A warning only tells.
 */
export interface CellProblem extends Problem {
  readonly severity: Severity
  /** Row number in the sheet; 0 when the whole file is meant. */
  readonly row: number
  /** Column number in the sheet, from 1; 0 when the whole row or file is meant. */
  readonly column: number
}

export const severities = ['error', 'doubt', 'warning'] as const
export type Severity = (typeof severities)[number]

/** 列号转字母 — 1 → "A", 27 → "AA". */
export function columnLetters(column: number): string {
  let letters = ''
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26))
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters
  return letters
}

/** 单元格地址 — column 4, row 7 → "D7". */
export function cellAddress(column: number, row: number): string {
  return `${columnLetters(column)}${row}`
}

/** 读地址 — "D7" → column 4, row 7; undefined when it is no address. */
export function parseAddress(address: string): { column: number; row: number } | undefined {
  const [, letters, digits] = /^([A-Z]{1,3})([1-9][0-9]{0,6})$/.exec(address) ?? []
  if (!letters || !digits) return undefined
  let column = 0
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64
  return { column, row: Number(digits) }
}

/** 问题在单元格 — a problem of one cell; `text` is told after the address, and keeps no identity or telephone number of the cell's. */
export function cellProblem(
  at: { readonly column: number; readonly row: number },
  code: string,
  text: string,
  severity: Severity = 'error',
): CellProblem {
  const path = cellAddress(at.column, at.row)
  return { path, code, text: `${path} ${scrubText(text)}`, severity, row: at.row, column: at.column }
}

/** 问题在整个文件 — a problem of the file as a whole. */
export function fileProblem(
  fileName: string,
  code: string,
  text: string,
  severity: Severity = 'error',
): CellProblem {
  return { path: fileName, code, text: `${fileName}：${text}`, severity, row: 0, column: 0 }
}
