import { writeWorkbook } from '../../../platform/sheets/write-workbook.ts'
import type { WrittenColumn, WrittenSheet, WrittenValue } from '../../../platform/sheets/written-sheet.ts'
import { importTables } from '../tables/all-tables.ts'
import type { ImportColumn, ImportKind, ImportTable } from '../tables/import-table.ts'
import { writtenColumns } from './written-columns.ts'

/** Empty rows that already have drop-downs and text format. */
const spareRows = 2000

/** 预填内容 — rows already begun, and grey columns beside them that help but are not read back. */
export interface Prefill {
  readonly given: readonly string[]
  readonly extra: readonly WrittenColumn[]
  readonly rows: readonly (readonly WrittenValue[])[]
}

/** 模板 — a workbook to fill in: the table with drop-downs, and a sheet that explains every column with an example. */
export function templateWorkbook(
  kind: ImportKind,
  more: { synthetic: boolean; prefill?: Prefill },
): Promise<Buffer> {
  const table = importTables[kind]
  const prefill = more.prefill
  const mark = more.synthetic ? ['合成数据：仅供演示，不代表任何真实学校'] : []
  const columns = table.columns.map((column, index) => ({
    ...(writtenColumns(table)[index] as WrittenColumn),
    ...(prefill?.given.includes(column.key) && { given: true }),
  }))
  return writeWorkbook([
    {
      name: table.name,
      captions: mark,
      columns: [...columns, ...(prefill?.extra ?? [])],
      rows: prefill?.rows ?? [],
      spareRows: prefill ? 0 : spareRows,
    },
    explanation(table, mark),
  ])
}

function explanation(table: ImportTable, mark: readonly string[]): WrittenSheet {
  const text = (header: string, width: number): WrittenColumn => ({ header, kind: 'text', width })
  return {
    name: '填写说明',
    captions: [
      ...mark,
      `${table.name}：${table.doc}`,
      '表头颜色深的和带 * 的列必填。日期写成 2024-09-01。灰色列是预填的，不用改。',
    ],
    columns: [
      text('列', 18),
      text('是否必填', 10),
      text('怎么填', 60),
      text('举例', 20),
      text('可填的词', 60),
    ],
    rows: table.columns.map((column) => [
      column.header,
      column.required ? '必填' : '可空',
      column.doc,
      column.example,
      offered(column),
    ]),
  }
}

function offered({ choices, type }: ImportColumn): string {
  if (type === 'yes-no') return '是、否'
  return (choices ?? []).map(({ zh }) => zh).join('、')
}
