import type { DocumentKind } from './identity/identity-document.ts'
import type { Relation } from './person.ts'

/**
 * 名册表头 — the columns of a roster of pupils, by field, in their order: the same words where it is filled in, taken
 * in and taken out, so that a list taken out can be taken in again.
 */
export const rosterHeaders = {
  pupilName: '姓名',
  documentKind: '证件类型',
  document: '证件号码',
  sex: '性别',
  bornOn: '出生日期',
  phone: '联系电话',
  address: '住址',
  code: '学校标识码',
  name: '学校名称',
  grade: '年级',
  classNo: '班号',
  guardianName: '监护人姓名',
  relation: '与学生关系',
  guardianDocumentKind: '监护人证件类型',
  guardianDocument: '监护人证件号码',
  guardianPhone: '监护人电话',
} as const
export type RosterField = keyof typeof rosterHeaders

/** 证件类型的写法 — the first word is written, the others are understood too. */
export const documentKindWords: Readonly<Record<DocumentKind, readonly [string, ...string[]]>> = {
  resident: ['居民身份证', '身份证', '港澳台居民居住证', '户口簿', '居民身份证（含港澳台居民居住证）'],
  'hong-kong-macau': ['港澳居民来往内地通行证', '港澳通行证', '回乡证'],
  taiwan: ['台湾居民来往大陆通行证', '台胞证'],
  'foreign-resident': ['外国人永久居留身份证', '外国人永久居留证'],
  passport: ['护照', '外国护照', '中国护照'],
}

export const sexWords = { male: '男', female: '女' } as const

/** 与学生关系的写法. */
export const relationWords: Readonly<Record<Relation, readonly [string, ...string[]]>> = {
  father: ['父亲', '父', '爸爸'],
  mother: ['母亲', '母', '妈妈'],
  grandparent: ['祖父母、外祖父母', '祖父母', '外祖父母', '爷爷', '奶奶', '姥爷', '姥姥', '外公', '外婆'],
  other: ['其他监护人', '其他'],
}

/** 人的各项 — as a roster tells them. */
export interface RosterPerson {
  readonly documentKind: DocumentKind
  readonly document: string
  readonly name: string
  readonly sex?: 'male' | 'female' | undefined
  readonly bornOn?: string | undefined
  readonly phone?: string | undefined
  readonly address?: string | undefined
}

/** 在册的人 — what the book holds under one document: the person, the last roll, and who answers for them. */
export interface KnownPerson extends RosterPerson {
  readonly countyId: number
  readonly personId: number
  readonly record?: {
    readonly institutionId: number
    readonly grade: string
    readonly classNo: number | null
    readonly from: string
    readonly to: string | null
  }
  /** By the guardian's number in the book, the first registered first. */
  readonly guardians: readonly { readonly personId: number; readonly relation: Relation }[]
}
