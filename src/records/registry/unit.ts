import type { Dated } from './dated.ts'

export const unitKinds = [
  'city',
  'county',
  'township',
  'village',
  'township-centre',
  'school-group',
  'catchment',
  'inspection-area',
] as const
export type UnitKind = (typeof unitKinds)[number]

/** 城乡分类代码 — 111 主城区 … 220 村庄 (统计用城乡划分代码). */
export const urbanRuralCodes = ['111', '112', '121', '122', '123', '210', '220'] as const
export type UrbanRural = (typeof urbanRuralCodes)[number]

export const townshipKinds = ['street', 'town', 'township', 'other'] as const
export type TownshipKind = (typeof townshipKinds)[number]

/**
 * 单位 — an administrative unit, school group, catchment, centre or inspection area as it stood on a range of days.
 *
 * `unitId` is its identity for good: at first registration the national code as a number, other trees
 * from 1e15 upward. The code may change later (a township moved to another county); the id does not.
 */
export interface Unit extends Dated {
  readonly countyId: number
  readonly unitId: number
  readonly kind: UnitKind
  readonly code: string
  readonly name: string
  readonly townshipKind?: TownshipKind | null
  readonly urbanRural?: UrbanRural | null
  /** Seat of the unit, WGS-84. */
  readonly seatLng?: number | null
  readonly seatLat?: number | null
}

/** The columns of its book under their field names. */
export const unitFields = [
  'countyId',
  'unitId',
  'kind',
  'code',
  'name',
  'townshipKind',
  'urbanRural',
  'seatLng',
  'seatLat',
] as const satisfies readonly (keyof Unit)[]
