import { refusals as ofTheBook } from '../../records/people/refusals.ts'

/** 不予办理代码 — of this room, and those of the book of people. */
export const refusals: Readonly<Record<string, string>> = {
  ...ofTheBook,
  'people.export-nobody': '名单里没有人',
  'people.export-too-many': '名单超过一次可导出的人数',
  'people.export-own-request': '不能审批自己的申请',
  'people.export-already-decided': '申请已经办过',
  'people.export-not-granted': '申请还没有获批',
  'people.export-expired': '批准已过期',
  'people.seen-alone-too-many': '一天内自行查看、导出的孩子超过 100 人',
  'people.school-not-open': '学校不在办',
}
