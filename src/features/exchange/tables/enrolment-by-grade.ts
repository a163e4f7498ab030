import { gradeList } from './code-lists.ts'
import type { ImportTable } from './import-table.ts'
import { column, institutionCodeColumn, institutionNameColumn, schoolYearColumn } from './shared-columns.ts'

/** 在校生（分年级） — one row per institution, school year and grade. */
export const enrolmentByGrade: ImportTable = {
  kind: 'enrolment-by-grade',
  name: '在校生（分年级）',
  doc: '每个机构、每个学年、每个年级一行，按 9 月 1 日的在籍人数填写。非必填的格子留空，表示不改动台账里已有的值。',
  columns: [
    schoolYearColumn,
    institutionCodeColumn,
    institutionNameColumn,
    column('grade', '年级', 'choice', '从下拉列表里选。', '一年级', {
      required: true,
      choices: gradeList,
      synonyms: ['年级名称', '班级类型'],
    }),
    column('classes', '班数', 'count', '这个年级有几个班。', '4', {
      largest: 'classes',
      synonyms: ['班级数', '教学班数'],
    }),
    column('boys', '男生', 'count', '男生人数；填了男女，两者之和要等于在校生数。', '92', {
      synonyms: ['男', '男生数', '男生人数', '男童'],
    }),
    column('girls', '女生', 'count', '女生人数。', '85', { synonyms: ['女', '女生数', '女生人数', '女童'] }),
    column('pupils', '在校生数', 'count', '在校（在园）人数。', '177', {
      required: true,
      largest: 'pupils',
      synonyms: ['学生数', '在校生', '在校学生数', '在园幼儿数', '在园人数', '人数', '学生人数', '合计'],
    }),
    column('largestClass', '最大班额', 'count', '人数最多的一个班有多少人。', '46', {
      synonyms: ['最大班人数'],
    }),
  ],
}
