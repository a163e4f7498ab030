import type { Stage } from '../../kernel/stage.ts'
import type { Dated } from './dated.ts'
import type { UrbanRural } from './unit.ts'

export const institutionKinds = [
  'kindergarten',
  'primary-school',
  'teaching-point',
  'junior-school',
  'nine-year-school',
  'complete-secondary',
  'twelve-year-school',
  'senior-high',
  'vocational-school',
  'special-school',
  'specialized-school',
] as const
export type InstitutionKind = (typeof institutionKinds)[number]

/** 机构类别 — how officials call each kind. */
export const institutionKindNames: Readonly<Record<InstitutionKind, string>> = {
  kindergarten: '幼儿园',
  'primary-school': '小学',
  'teaching-point': '教学点',
  'junior-school': '初级中学',
  'nine-year-school': '九年一贯制学校',
  'complete-secondary': '完全中学',
  'twelve-year-school': '十二年一贯制学校',
  'senior-high': '高级中学',
  'vocational-school': '中等职业学校',
  'special-school': '特殊教育学校',
  'specialized-school': '专门学校',
}

export const sectors = ['public', 'private'] as const
export type Sector = (typeof sectors)[number]

export const profitStatuses = ['non-profit', 'for-profit'] as const
export type ProfitStatus = (typeof profitStatuses)[number]

/**
 * 机构 — a kindergarten, school or teaching point as it stood on a range of days.
 *
 * `institutionId` is its identity for good, unique in the whole site; the ten-digit code may change
 * with the type, the name at any time. `unitId` is the village or township it stands in.
 */
export interface Institution extends Dated {
  readonly countyId: number
  readonly institutionId: number
  /** 学校(机构)标识码: 2 type + 2 province + 6 serial digits. */
  readonly code: string
  readonly name: string
  readonly kind: InstitutionKind
  readonly stages: readonly Stage[]
  readonly sector: Sector
  /** Private institutions only. */
  readonly profitStatus?: ProfitStatus | null
  readonly publicInterest: boolean
  readonly townshipCentral: boolean
  readonly boarding: boolean
  readonly urbanRural: UrbanRural
  readonly unitId: number
  /** The school a teaching point belongs to. */
  readonly parentInstitutionId?: number | null
}

/** The columns of its book under their field names. */
export const institutionFields = [
  'countyId',
  'institutionId',
  'code',
  'name',
  'kind',
  'stages',
  'sector',
  'profitStatus',
  'publicInterest',
  'townshipCentral',
  'boarding',
  'urbanRural',
  'unitId',
  'parentInstitutionId',
] as const satisfies readonly (keyof Institution)[]
