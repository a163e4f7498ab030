import type { TownshipKind, UrbanRural } from '../registry/unit.ts'
import type { Outline, Point } from './outline.ts'

/** 村（社区） — a village or community with its twelve-digit code. */
export interface VillageDivision {
  readonly code: number
  readonly name: string
  /** A community (居委会) rather than a village committee. */
  readonly community: boolean
  readonly urbanRural: UrbanRural
  /** True when the class was not in the statistical list and was derived from type and neighbours. */
  readonly derived: boolean
}

/** 乡镇（街道） — a township, town or street with its nine-digit code. */
export interface TownshipDivision {
  readonly code: number
  readonly name: string
  readonly kind: TownshipKind
  /** Where its seat is known to be, WGS-84; absent for townships without coordinates. */
  readonly seat?: Point
  /** 示意范围 — an area around the seat, not a boundary. */
  readonly cell: Outline
  readonly villages: readonly VillageDivision[]
}

/** 县（市、区） — a county-level unit with its six-digit code. */
export interface CountyDivision {
  readonly code: number
  readonly name: string
  readonly outline: Outline
  readonly townships: readonly TownshipDivision[]
}

/** 行政区划 — the city with all its counties, townships and villages. */
export interface Divisions {
  readonly code: number
  readonly name: string
  readonly counties: readonly CountyDivision[]
}
