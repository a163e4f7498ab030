import type { ImportTable } from './import-table.ts'
import { column, sourceColumn, unitCodeColumn, unitNameColumn, vintageColumn } from './shared-columns.ts'

/** 出生人口 — one row per unit, calendar year and publication. */
export const births: ImportTable = {
  kind: 'births',
  name: '出生人口',
  doc: '每个单位、每个日历年、每次公布一行。',
  columns: [
    unitCodeColumn,
    unitNameColumn,
    column('year', '年份', 'year', '出生的日历年（1 月 1 日至 12 月 31 日）。', '2023', {
      required: true,
      synonyms: ['出生年份', '年度', '年'],
    }),
    column('births', '出生人数', 'count', '这一年在本单位出生的人数。', '312', {
      required: true,
      largest: 'births',
      synonyms: ['出生人口', '出生数', '人数'],
    }),
    vintageColumn,
    sourceColumn,
  ],
}
