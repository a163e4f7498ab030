import type { ImportColumn } from './import-table.ts'

/** 列的简写 — a declared column with the usual defaults: not required, no synonyms. */
export function column(
  key: string,
  header: string,
  type: ImportColumn['type'],
  doc: string,
  example: string,
  more: Partial<ImportColumn> = {},
): ImportColumn {
  return { key, header, type, doc, example, synonyms: [], required: false, ...more }
}

export const institutionCodeColumn = column(
  'code',
  '机构标识码',
  'code',
  '教育部统一的学校（机构）标识码，10 位数字，按文本填写。',
  '2141000001',
  {
    required: true,
    digits: [10],
    synonyms: ['学校标识码', '学校代码', '机构代码', '标识码', '学校（机构）标识码', '单位标识码'],
  },
)

export const institutionNameColumn = column(
  'name',
  '机构名称',
  'text',
  '机构全称，用来核对标识码有没有填错。',
  '某某县第一小学',
  {
    synonyms: [
      '学校名称',
      '单位名称',
      '学校',
      '园所名称',
      '幼儿园名称',
      '学校（机构）名称',
      '校名',
      '园名',
      '校（园）名',
      '校（园）名称',
      '学校（园）名称',
    ],
  },
)

export const schoolYearColumn = column(
  'schoolYear',
  '学年',
  'school-year',
  '学年开始的年份，如 2024 表示 2024—2025 学年；数字按当年 9 月 1 日统计。',
  '2024',
  { required: true, synonyms: ['统计学年', '学年度', '年度'] },
)

export const unitCodeColumn = column(
  'unitCode',
  '单位代码',
  'code',
  '统计用区划代码：县 6 位、乡镇街道 9 位、村居 12 位，按文本填写。',
  '410402001',
  {
    required: true,
    digits: [6, 9, 12],
    synonyms: ['区划代码', '行政区划代码', '统计用区划代码', '地区代码', '乡镇代码', '村代码'],
  },
)

export const unitNameColumn = column(
  'unitName',
  '单位名称',
  'text',
  '县、乡镇或村的名称，用来核对代码有没有填错。',
  '某某街道',
  { synonyms: ['地区', '地区名称', '区划名称', '乡镇名称', '村名称'] },
)

export const vintageColumn = column(
  'vintage',
  '发布日期',
  'day',
  '数据来源单位公布这个数的日期；同一年的数以后再公布，另填一行，旧数保留。',
  '2024-03-15',
  { required: true, synonyms: ['公布日期', '发布时间', '数据日期'] },
)

export const sourceColumn = column('source', '数据来源', 'text', '哪个单位、哪份材料。', '县卫健委出生登记', {
  required: true,
  synonyms: ['来源', '资料来源', '来源单位'],
})
