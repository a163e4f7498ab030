/** 县级单位 — a county, or the city itself for what it keeps in its own name; the unit of locality of every book. */
export interface County {
  /** The six-digit code of GB/T 2260 as a number, e.g. 410422. */
  readonly countyId: number
  readonly code: string
  readonly name: string
  readonly kind: 'city' | 'county'
  /** The city it belongs to; the city's own row names itself. */
  readonly cityId: number
  readonly note?: string | null
}
