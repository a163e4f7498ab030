import { type CellProblem, cellProblem } from '../../../platform/sheets/cell-problem.ts'
import type { Sheet, SheetRow, SheetValue } from '../../../platform/sheets/sheet.ts'
import type { ImportColumn, ImportTable } from '../tables/import-table.ts'
import type { FieldValue } from './field-reading.ts'
import type { Mapping } from './match-columns.ts'
import { readField } from './read-field.ts'
import { tidyText } from './tidy-text.ts'

/** 填写的一行 — its fields by key; a field that is empty or wrong is absent. */
export interface FieldRow {
  readonly row: number
  readonly values: Readonly<Record<string, FieldValue | undefined>>
  readonly mapping: Mapping
}

/** 读一行 — every mapped cell tidied and understood, required ones filled; whatever is wrong has its address. */
export function readRow(
  table: ImportTable,
  sheet: Sheet,
  mapping: Mapping,
  source: SheetRow,
): { row: FieldRow; problems: CellProblem[] } {
  const values: Record<string, FieldValue> = {}
  const problems: CellProblem[] = []
  for (const column of table.columns) {
    const number = mapping[column.key]
    if (number === undefined) continue
    const cell = source.cells[number - 1]
    const found: CellProblem[] = []
    const value = readCell(column, { column: number, row: source.row }, cell, sheet, found)
    problems.push(...(table.personal && cell ? found.map((each) => withoutEcho(each, cell.text)) : found))
    if (value !== undefined) values[column.key] = value
  }
  return { row: { row: source.row, values, mapping }, problems }
}

function readCell(
  column: ImportColumn,
  at: { column: number; row: number },
  cell: SheetValue | undefined,
  sheet: Sheet,
  problems: CellProblem[],
): FieldValue | undefined {
  if (cell?.kind === 'flawed') return undefined
  const tidied = tidyText(cell?.text ?? '')
  if (cell === undefined || tidied.text === '') {
    if (column.required)
      problems.push(
        cellProblem(
          at,
          'cell.required',
          `“${column.header}”没有填—它是必填项—请补上；整行不要的请删除整行。`,
        ),
      )
    return undefined
  }
  if (tidied.words.length > 0)
    problems.push(
      cellProblem(
        at,
        'cell.tidied',
        `里有${tidied.words.join('、')}—会影响比对—平台已按“${tidied.text}”读取，请核对。`,
        'warning',
      ),
    )
  const reading = readField(column, { kind: cell.kind, text: tidied.text })
  if ('wrong' in reading) {
    problems.push(cellProblem(at, reading.code, reading.wrong))
    return undefined
  }
  if (
    sheet.fileKind === 'xlsx' &&
    cell.kind === 'text' &&
    typeof reading.value === 'number' &&
    isNumeric(column)
  )
    problems.push(
      cellProblem(
        at,
        'cell.number-as-text',
        `是文本格式的数—表格软件里合计会漏算它—平台已按 ${reading.value} 读取，建议改为数值格式。`,
        'warning',
      ),
    )
  return reading.value
}

/** 不复述 — what is told of a personal cell is kept and listed: the cell's own words stay in the sheet. */
function withoutEcho(problem: CellProblem, said: string): CellProblem {
  const echoes = [said, tidyText(said).text].filter((words) => words !== '')
  return {
    ...problem,
    text: echoes.reduce((text, words) => text.replaceAll(`“${words}”`, '所填内容'), problem.text),
  }
}

function isNumeric({ type }: ImportColumn): boolean {
  return type === 'count' || type === 'decimal'
}

/** 问题在字段 — a problem at the cell of one field of a row; at the row's first cell when the file has no such column. */
export function fieldProblem(
  { row, mapping }: FieldRow,
  key: string,
  code: string,
  text: string,
  severity: CellProblem['severity'] = 'error',
): CellProblem {
  return cellProblem({ column: mapping[key] ?? 1, row }, code, text, severity)
}
