import type { OwnParameter } from '../../src/plan/index.ts'
import { addInstitution, type Pen, town } from './world-pen.for-tests.ts'

/** 覆盖任务的试例 — an X without its Y, what is said of it, and the Y that covers it. */
export interface DutyTrial {
  readonly duty: string
  readonly uncover: (pen: Pen) => Promise<unknown>
  readonly gap: readonly [subject: string, why: string]
  readonly cover: (pen: Pen) => Promise<unknown>
  /** Days on which the X is there uncovered although it was covered on the day of the trial. */
  readonly uncoveredOn?: readonly [string, string]
  /** A day before the X was there. */
  readonly notYetOn?: string
  /** What the city has entered; nobody can be judged before. */
  readonly entered?: OwnParameter
  /** Why the gap is none to rectify yet, or at all. */
  readonly noFinding?: 'before the last day' | 'only encouraged'
}

/** The institution a trial adds. */
export const added = 900
export const kindergarten = { kind: 'kindergarten', stages: ['preschool'] } as const
export const senior = { kind: 'senior-high', stages: ['senior'] } as const
export const rural = { urbanRural: '220', unitId: town } as const
/** Since when it is there, and while it is covered. */
export const since = { from: '2025-01-01' }
export const until = { from: '2025-02-01', to: '2025-06-30' }
/** Not yet covered the day before `until` begins, covered to its last day, uncovered the day after. */
export const outside = ['2025-01-31', '2025-07-01'] as const
export const filed = { institution: added, period: '2024' }

/** The one special school of a trial. */
export function addSpecialSchool(pen: Pen, countyId: number, days: object = {}): Promise<void> {
  return addInstitution(pen, added, '启智学校', {
    countyId,
    kind: 'special-school',
    stages: ['special'],
    ...days,
  })
}
