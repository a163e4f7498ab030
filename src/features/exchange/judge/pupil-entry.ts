import type { Relation } from '../../../records/people/person.ts'
import type { RosterPerson } from '../../../records/people/roster.ts'

/** 名册的一行 — a pupil on a school's roll, and one guardian. */
export interface PupilEntry {
  readonly countyId: number
  readonly institutionId: number
  readonly grade: string
  readonly classNo?: number | undefined
  readonly child: RosterPerson
  readonly guardian?: RosterPerson & { readonly relation: Relation }
}
