import type { SchoolYear } from '../../kernel/school-year.ts'
import type { Grade } from '../../kernel/stage.ts'

/** 班级 — one class of a grade, where classes were filed singly. */
export interface SchoolClass {
  readonly countyId: number
  readonly institutionId: number
  readonly schoolYear: SchoolYear
  readonly grade: Grade
  readonly classNo: number
  readonly boys?: number | null
  readonly girls?: number | null
  readonly pupils: number
}

/** The columns of its book under their field names. */
export const schoolClassFields = [
  'countyId',
  'institutionId',
  'schoolYear',
  'grade',
  'classNo',
  'boys',
  'girls',
  'pupils',
] as const satisfies readonly (keyof SchoolClass)[]
