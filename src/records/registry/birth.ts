/** 出生 — births of a calendar year in a unit, as published on the day `vintage`. */
export interface Birth {
  readonly countyId: number
  readonly unitId: number
  readonly year: number
  readonly births: number
  readonly vintage: string
  readonly source: string
}
