/** 填报对象 — the institution, township or county one filing speaks of. */
export interface Subject {
  readonly countyId: number
  readonly kind: 'institution' | 'township' | 'county'
  readonly id: number
  readonly name: string
}
