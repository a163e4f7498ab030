import type { DocumentKind } from './identity/identity-document.ts'

/** 待登记人员 — read and tidied by the identity readers; the number is kept sealed. */
export interface NewPerson {
  readonly countyId: number
  readonly documentKind: DocumentKind
  readonly document: string
  readonly name: string
  readonly bornOn?: string | undefined
  readonly sex?: 'male' | 'female' | undefined
  readonly phone?: string | undefined
  readonly address?: string | undefined
}

/** 学籍 — a child on a school's roll from a day on, until another if it has ended. */
export interface EnrolmentRecord {
  readonly countyId: number
  readonly personId: number
  readonly institutionId: number
  readonly grade: string
  readonly classNo?: number | undefined
  readonly from: string
  readonly to?: string | undefined
}

export const relations = {
  father: '父亲',
  mother: '母亲',
  grandparent: '祖父母、外祖父母',
  other: '其他监护人',
} as const
export type Relation = keyof typeof relations

/** 监护关系 — who answers for a child from a day on. */
export interface GuardianLink {
  readonly countyId: number
  readonly childId: number
  readonly guardianId: number
  readonly relation: Relation
  readonly from: string
}

/** 任职 — where a member of staff works. */
export interface StaffPost {
  readonly countyId: number
  readonly personId: number
  readonly institutionId: number
  readonly post: string
  readonly from: string
}
