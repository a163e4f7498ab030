/** 边界 — the outline of a unit for the map; `indicative` (示意) is not a legal boundary. */
export interface Boundary {
  readonly countyId: number
  readonly unitId: number
  /** A GeoJSON geometry. */
  readonly geometry: Readonly<Record<string, unknown>>
  readonly datum: 'WGS-84' | 'CGCS2000'
  readonly indicative: boolean
  readonly source: string
}
