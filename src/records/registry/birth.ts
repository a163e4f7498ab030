/** 出生 — births of a calendar year in a unit, as published on the day `vintage`. */
export interface Birth {
  readonly countyId: number
  readonly unitId: number
  readonly year: number
  readonly births: number
  readonly vintage: string
  readonly source: string
}

/** The columns of its book under their field names. */
export const birthFields = [
  'countyId',
  'unitId',
  'year',
  'births',
  'vintage',
  'source',
] as const satisfies readonly (keyof Birth)[]
