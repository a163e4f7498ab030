import { documentKindWords, relationWords, rosterHeaders, sexWords } from '../../../records/people/roster.ts'
import { type CodeList, gradeList } from './code-lists.ts'
import type { ImportColumn, ImportTable } from './import-table.ts'
import { column, institutionCodeColumn, institutionNameColumn } from './shared-columns.ts'

const words = (lists: Readonly<Record<string, readonly [string, ...string[]]>>): CodeList =>
  Object.entries(lists).map(([value, [zh, ...also]]) => ({ value, zh, also }))

const documentKindList = words(documentKindWords)
const sexList: CodeList = Object.entries(sexWords).map(([value, zh]) => ({ value, zh, also: [`${zh}性`] }))
const inFull = '照证件填写，整列设为“文本”格式：数值格式会丢掉末尾几位，平台不收。'

const person: readonly ImportColumn[] = [
  column('pupilName', rosterHeaders.pupilName, 'text', '照证件填写；少数民族姓名的间隔号用“·”。', '王小明', {
    required: true,
    synonyms: ['学生姓名', '幼儿姓名', '名字'],
  }),
  column('documentKind', rosterHeaders.documentKind, 'choice', '从下拉列表里选。', '居民身份证', {
    required: true,
    choices: documentKindList,
    synonyms: ['证件种类', '身份证件类型', '证件类别'],
  }),
  column('document', rosterHeaders.document, 'document', inFull, '99042220180315002X', {
    required: true,
    synonyms: ['证件号', '身份证号', '身份证号码', '身份证件号', '身份证件号码', '公民身份号码'],
  }),
  column('sex', rosterHeaders.sex, 'choice', '男或女；身份证号码里已有，可以不填。', '女', {
    choices: sexList,
    synonyms: ['学生性别'],
  }),
  column(
    'bornOn',
    rosterHeaders.bornOn,
    'day',
    '身份证号码里已有，可以不填；持其他证件的请填。',
    '2018-03-15',
    {
      synonyms: ['出生年月日', '生日', '出生年月'],
    },
  ),
  column('phone', rosterHeaders.phone, 'text', '手机或固定电话。', '13800000000', {
    synonyms: ['电话', '手机', '手机号', '手机号码', '联系方式'],
  }),
  column('address', rosterHeaders.address, 'text', '现在居住的地方，写到门牌。', '某某路 1 号院 2 号楼 301', {
    synonyms: ['家庭住址', '家庭地址', '现住址', '居住地址', '家庭现住址'],
  }),
]

/** A shared column under another header answers to its own as well. */
function synonymsBeside({ header, synonyms }: ImportColumn, besides: string): string[] {
  return [header, ...synonyms].filter((word) => word !== besides)
}

const roll: readonly ImportColumn[] = [
  {
    ...institutionCodeColumn,
    header: rosterHeaders.code,
    synonyms: synonymsBeside(institutionCodeColumn, rosterHeaders.code),
  },
  {
    ...institutionNameColumn,
    header: rosterHeaders.name,
    synonyms: synonymsBeside(institutionNameColumn, rosterHeaders.name),
  },
  column('grade', rosterHeaders.grade, 'choice', '从下拉列表里选。', '一年级', {
    required: true,
    choices: gradeList,
    synonyms: ['年级名称', '就读年级'],
  }),
  column('classNo', rosterHeaders.classNo, 'count', '本年级内的班序号，从 1 起；没有分班的留空。', '1', {
    synonyms: ['班级', '班', '班级号', '班次'],
  }),
]

const guardian: readonly ImportColumn[] = [
  column(
    'guardianName',
    rosterHeaders.guardianName,
    'text',
    '填了监护人，它的姓名、关系、证件就要填全。',
    '王大明',
    {
      synonyms: ['监护人', '家长姓名', '监护人1姓名', '家长'],
    },
  ),
  column('relation', rosterHeaders.relation, 'choice', '从下拉列表里选。', '父亲', {
    choices: words(relationWords),
    synonyms: ['关系', '监护人关系', '与监护人关系'],
  }),
  column(
    'guardianDocumentKind',
    rosterHeaders.guardianDocumentKind,
    'choice',
    '从下拉列表里选。',
    '居民身份证',
    {
      choices: documentKindList,
      synonyms: ['监护人证件种类', '家长证件类型'],
    },
  ),
  column('guardianDocument', rosterHeaders.guardianDocument, 'document', inFull, '990422198801010010', {
    synonyms: ['监护人证件号', '监护人身份证号', '监护人身份证号码', '家长身份证号'],
  }),
  column('guardianPhone', rosterHeaders.guardianPhone, 'text', '监护人的手机或固定电话。', '13800000000', {
    synonyms: ['监护人联系电话', '监护人手机', '家长电话', '家长联系电话'],
  }),
]

/** 学生名册 — one row per pupil, with the first guardian; who is not in the file stays as the book has them. */
export const pupils: ImportTable = {
  kind: 'pupils',
  name: '学生名册',
  doc: '每个学生一行。台账里没有的建档并登记学籍，年级、班级变了的从生效日起变动；文件里没有的学生不受影响，转出、毕业另行办理。非必填的格子留空，表示不改动台账里已有的值。',
  columns: [...person, ...roll, ...guardian],
  personal: true,
}
