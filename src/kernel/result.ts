import type { Citation } from './citation.ts'
import type { Difference } from './difference.ts'

/**
 * 不予办理 — the rule says no, and says why.
 *
 * `code` is stable and lives in the room's `refusals.ts`; `text` is the Chinese sentence
 * "哪里错—为什么—怎么改"; `basis` the words of the plan it rests on; `facts` what was seen.
 */
export interface Refusal {
  readonly kind: 'refusal'
  readonly code: string
  readonly text: string
  readonly basis?: Citation
  readonly facts?: Readonly<Record<string, unknown>>
  /** Set when somebody else changed the record meanwhile, or entered it first: where what stands now differs from what was sent. */
  readonly conflict?: readonly Difference[]
  /** Set when the answer is only "not now": after so many seconds it may be asked again. */
  readonly retryAfterSeconds?: number
}

/** 结果 — either the value or the refusal; never a thrown error for what a rule decides. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: Refusal }

/** 办结 — wraps a value. */
export function granted<T>(value: T): Result<T> {
  return { ok: true, value }
}

/** 拒绝 — wraps a refusal. */
export function refused(refusal: Omit<Refusal, 'kind'>): { readonly ok: false; readonly refusal: Refusal } {
  return { ok: false, refusal: { kind: 'refusal', ...refusal } }
}
