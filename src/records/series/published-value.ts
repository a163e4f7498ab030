import type { Missing } from '../../kernel/missing.ts'

/** 序列值 — one published figure: a mean with its band, or the statement of what is missing. */
export interface PublishedValue {
  readonly countyId: number
  readonly unitId: number
  readonly measure: string
  readonly stage: string
  readonly grade: string
  readonly year: number
  readonly scenario: string
  readonly mean?: number | null
  readonly lo80?: number | null
  readonly hi80?: number | null
  readonly missing?: Missing | null
}

/** The columns of a value under their field names, in the order in which they are hashed. */
export const valueFields = [
  'countyId',
  'unitId',
  'measure',
  'stage',
  'grade',
  'year',
  'scenario',
  'mean',
  'lo80',
  'hi80',
  'missing',
] as const satisfies readonly (keyof PublishedValue)[]
