import type { SchoolYear } from '../../kernel/school-year.ts'
import type { Stage } from '../../kernel/stage.ts'

/** 专任教师 — full-time teachers of a stage in a subject; subject 'all' where only the total was filed. */
export interface StaffCount {
  readonly countyId: number
  readonly institutionId: number
  readonly schoolYear: SchoolYear
  readonly stage: Stage
  readonly subject: string
  readonly teachers: number
}

/** The columns of its book under their field names. */
export const staffCountFields = [
  'countyId',
  'institutionId',
  'schoolYear',
  'stage',
  'subject',
  'teachers',
] as const satisfies readonly (keyof StaffCount)[]
