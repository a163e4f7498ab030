import { basisList } from './code-lists.ts'
import type { ImportTable } from './import-table.ts'
import { column, sourceColumn, unitCodeColumn, unitNameColumn, vintageColumn } from './shared-columns.ts'

/** 人口 — one row per unit, day, basis and age band. */
export const population: ImportTable = {
  kind: 'population',
  name: '分年龄人口',
  doc: '每个单位、每个统计日期、每种口径、每个年龄段一行；年龄段两端都包含，互相不能重叠。',
  columns: [
    unitCodeColumn,
    unitNameColumn,
    column('onDay', '统计日期', 'day', '人口数说的是哪一天。', '2023-12-31', {
      required: true,
      synonyms: ['统计时点', '时点', '日期'],
    }),
    column('basis', '口径', 'choice', '常住或户籍。', '常住', {
      required: true,
      choices: basisList,
      synonyms: ['人口口径', '统计口径'],
    }),
    column('ageFrom', '年龄起', 'count', '年龄段的下端，周岁。', '0', {
      required: true,
      synonyms: ['起始年龄', '年龄下限', '年龄'],
    }),
    column('ageTo', '年龄止', 'count', '年龄段的上端，周岁，包含在内；单岁时与年龄起相同。', '4', {
      required: true,
      synonyms: ['终止年龄', '年龄上限'],
    }),
    column('male', '男', 'count', '男性人数；填了男女，两者之和要等于人数。', '160', {
      synonyms: ['男性', '男性人口'],
    }),
    column('female', '女', 'count', '女性人数。', '152', { synonyms: ['女性', '女性人口'] }),
    column('people', '人数', 'count', '这个年龄段的人数。', '312', {
      required: true,
      largest: 'people',
      synonyms: ['人口数', '合计', '人口'],
    }),
    vintageColumn,
    sourceColumn,
  ],
}
