import { createHash } from 'node:crypto'
import { type CellProblem, cellProblem, columnLetters } from '../../../platform/sheets/cell-problem.ts'
import { plainHeader } from '../../../platform/sheets/read-sheet.ts'
import type { Sheet, SheetHeader } from '../../../platform/sheets/sheet.ts'
import type { ImportTable } from '../tables/import-table.ts'

/** 对应列 — which column of the file holds which field: key → column number. */
export type Mapping = Readonly<Record<string, number>>

/** 认列 — by the exact header first, then by the other words for it; each column serves once. */
export function matchColumns(table: ImportTable, headers: readonly SheetHeader[]): Mapping {
  const mapping: Record<string, number> = {}
  const free = new Map(headers.toReversed().map(({ column, text }) => [plainHeader(text), column]))
  const take = (key: string, words: readonly string[]) => {
    const word = words.map(plainHeader).find((each) => free.has(each))
    if (word === undefined || key in mapping) return
    mapping[key] = free.get(word) as number
    free.delete(word)
  }
  for (const { key, header } of table.columns) take(key, [header])
  for (const { key, synonyms } of table.columns) take(key, synonyms)
  return mapping
}

/** 表头特征 — two files with the same headers in the same order share a remembered mapping. */
export function headerSignature(headers: readonly SheetHeader[]): string {
  const plain = headers.map(({ column, text }) => `${column}:${plainHeader(text)}`).join('|')
  return createHash('sha256').update(plain).digest('hex')
}

/** 对应列是否可用 — every required field has a column, no column serves two fields, every column exists. */
export function judgeMapping(table: ImportTable, sheet: Sheet, mapping: Mapping): CellProblem[] {
  const at = (column: number) => ({ column, row: sheet.headerRow })
  const missing = table.columns
    .filter(({ key, required }) => required && mapping[key] === undefined)
    .map(({ header }) =>
      cellProblem(
        at(1),
        'header.missing',
        `起的表头里没有“${header}”这一列—它是必填项—请在“对应列”里指定哪一列是${header}，或用平台的模板填写。`,
      ),
    )
  const served = new Map<number, string>()
  const clashes: CellProblem[] = []
  for (const { key, header } of table.columns) {
    const column = mapping[key]
    if (column === undefined) continue
    const earlier = served.get(column)
    if (earlier)
      clashes.push(
        cellProblem(
          at(column),
          'header.two-for-one',
          `${columnLetters(column)} 列同时对应“${earlier}”和“${header}”—一列只能是一项—请在“对应列”里改掉一个。`,
        ),
      )
    served.set(column, header)
  }
  return [...missing, ...clashes]
}
