import type { SchoolYear } from '../../kernel/school-year.ts'
import type { Stage } from '../../kernel/stage.ts'

/** 学生变动 — who entered, graduated and moved in a stage during the year that ends on 1 September of the school year. */
export interface PupilFlow {
  readonly countyId: number
  readonly institutionId: number
  readonly schoolYear: SchoolYear
  readonly stage: Stage
  readonly entrants?: number | null
  readonly graduates?: number | null
  readonly movedIn?: number | null
  readonly movedOut?: number | null
}

/** The columns of its book under their field names. */
export const pupilFlowFields = [
  'countyId',
  'institutionId',
  'schoolYear',
  'stage',
  'entrants',
  'graduates',
  'movedIn',
  'movedOut',
] as const satisfies readonly (keyof PupilFlow)[]
