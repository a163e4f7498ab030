import type { OwnParameter } from '../../plan/index.ts'

/** 自定取值 — a value of a dated parameter put forward for the city, who did so, and what was decided. */
export interface OwnValue extends OwnParameter {
  readonly valueId: number
  readonly reason: string
  /** What flips, as it was shown when the value was put forward. */
  readonly impact: unknown
  readonly planVersion: string
  readonly proposedBy: string
  readonly proposer: string
  readonly proposedAt: string
  readonly phase: 'proposed' | 'approved' | 'declined'
  readonly decider: string | null
  readonly decidedAt: string | null
  readonly note: string | null
}
