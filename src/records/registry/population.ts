/** 人口 — people of a unit aged `ageFrom` to `ageTo` (both included) on a day, as published on the day `vintage`. */
export interface Population {
  readonly countyId: number
  readonly unitId: number
  readonly onDay: string
  /** 常住 or 户籍. */
  readonly basis: 'resident' | 'registered'
  readonly ageFrom: number
  readonly ageTo: number
  readonly male?: number | null
  readonly female?: number | null
  readonly people: number
  readonly vintage: string
  readonly source: string
}

/** The columns of its book under their field names. */
export const populationFields = [
  'countyId',
  'unitId',
  'onDay',
  'basis',
  'ageFrom',
  'ageTo',
  'male',
  'female',
  'people',
  'vintage',
  'source',
] as const satisfies readonly (keyof Population)[]
