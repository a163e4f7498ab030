import { gradeList } from './code-lists.ts'
import type { ImportTable } from './import-table.ts'
import { column, institutionCodeColumn, institutionNameColumn, schoolYearColumn } from './shared-columns.ts'

/** 在校生（分班） — one row per class; the grade's figure follows from its classes. */
export const enrolmentByClass: ImportTable = {
  kind: 'enrolment-by-class',
  name: '在校生（分班）',
  doc: '每个班一行。一个年级要把所有班一次填全：年级人数、班数和最大班额由各班合成，与台账不同时按更正处理。',
  columns: [
    schoolYearColumn,
    institutionCodeColumn,
    institutionNameColumn,
    column('grade', '年级', 'choice', '从下拉列表里选。', '一年级', {
      required: true,
      choices: gradeList,
      synonyms: ['年级名称'],
    }),
    column('classNo', '班号', 'count', '班的序号，从 1 起。', '1', {
      required: true,
      synonyms: ['班级序号', '班级', '班级号', '班次'],
    }),
    column('boys', '男生', 'count', '男生人数；填了男女，两者之和要等于学生数。', '23', {
      synonyms: ['男', '男生数', '男生人数'],
    }),
    column('girls', '女生', 'count', '女生人数。', '21', { synonyms: ['女', '女生数', '女生人数'] }),
    column('pupils', '学生数', 'count', '这个班的人数。', '44', {
      required: true,
      largest: 'pupils',
      synonyms: ['在校生数', '班额', '人数', '学生人数', '合计'],
    }),
  ],
}
