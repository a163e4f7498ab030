import type { SchoolYear } from '../../kernel/school-year.ts'
import type { Grade } from '../../kernel/stage.ts'

/** 在校生 — pupils of one grade on roll on 1 September of the school year. */
export interface Enrolment {
  readonly countyId: number
  readonly institutionId: number
  readonly schoolYear: SchoolYear
  readonly grade: Grade
  readonly classes?: number | null
  readonly boys?: number | null
  readonly girls?: number | null
  readonly pupils: number
  readonly largestClass?: number | null
}

/** The columns of its book under their field names. */
export const enrolmentFields = [
  'countyId',
  'institutionId',
  'schoolYear',
  'grade',
  'classes',
  'boys',
  'girls',
  'pupils',
  'largestClass',
] as const satisfies readonly (keyof Enrolment)[]
