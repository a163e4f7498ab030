/** 填报对象 — the institution, township or county one filing speaks of. */
export interface Subject {
  readonly countyId: number
  readonly kind: 'institution' | 'township' | 'county'
  readonly id: number
  readonly name: string
}

/** 单一对象 — one subject, by its county and number. */
export type OneSubject = Pick<Subject, 'countyId' | 'id'>
