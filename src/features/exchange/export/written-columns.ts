import type { WrittenColumn, WrittenValue } from '../../../platform/sheets/written-sheet.ts'
import type { ImportColumn, ImportTable } from '../tables/import-table.ts'

/** 一行的字段 — values by key, as the books hold them. */
export type FieldValues = Readonly<Record<string, string | number | boolean | null | undefined>>

/** 写出的列 — the table's columns as a workbook writes them; a star marks what must be filled. */
export function writtenColumns(table: ImportTable): WrittenColumn[] {
  return table.columns.map(writtenColumn)
}

export function writtenColumn(column: ImportColumn): WrittenColumn {
  const { header, required, type, doc, choices } = column
  return {
    header: required ? `${header}*` : header,
    kind: type === 'decimal' ? 'decimal' : isWhole(type) ? 'integer' : 'text',
    note: doc,
    required,
    ...(choices && { choices: choices.map(({ zh }) => zh) }),
    ...(type === 'yes-no' && { choices: ['是', '否'] }),
  }
}

function isWhole(type: ImportColumn['type']): boolean {
  return type === 'count' || type === 'year' || type === 'school-year'
}

/** 写出的行 — the values in the order of the columns, in the words officials read. */
export function writtenRow(table: ImportTable, values: FieldValues): WrittenValue[] {
  return table.columns.map((column) => writtenValue(column, values[column.key]))
}

function writtenValue(column: ImportColumn, value: FieldValues[string]): WrittenValue {
  if (value === null || value === undefined) return null
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (column.choices) return column.choices.find((each) => each.value === value)?.zh ?? String(value)
  return value
}
