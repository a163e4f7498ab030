import type { CoverageDuty, ParameterValue } from '../../plan/index.ts'

/** 覆盖缺口 — one X without its Y and why; `known` is false where the books do not say whether it has one. */
export interface Gap {
  readonly subjectId: string
  readonly subject: string
  readonly why: string
  readonly known: boolean
}

/** 覆盖备注 — what stays to be seen of a covered X, such as that its Y came late. */
export interface Remark {
  readonly subjectId: string
  readonly subject: string
  readonly note: string
}

/** 县域覆盖 — the X of one county: how many there are, have their Y, have none, and of how many the books do not say. */
export interface CountyCoverage {
  readonly countyId: number
  readonly total: number
  readonly covered: number
  readonly uncovered: number
  readonly unknown: number
  /** Where a duty counts pupils or classes within each X: how many there are, and how many are reached. */
  readonly whole?: number | null
  readonly part?: number | null
  readonly gaps: readonly Gap[]
  readonly remarks: readonly Remark[]
}

/** 覆盖判断 — one duty, by one reading, on one day: every county in scope, or the sentence why it cannot be judged. */
export interface DutyJudgement {
  readonly duty: CoverageDuty
  readonly reading?: string
  readonly day: string
  /** The last day by which the item is to be done; a gap before it is not yet a failing. */
  readonly due?: string
  readonly parameters: readonly ParameterValue[]
  readonly counties: readonly CountyCoverage[]
  readonly refused?: string
}
