/** 结局 — done; refused by a rule; denied by the gate; failed by our fault; a problem in what was sent. */
export const outcomes = ['done', 'refused', 'denied', 'failed', 'problem'] as const
export type Outcome = (typeof outcomes)[number]

/**
 * 审计条目 — what one who acts leaves behind: who, what, on what, with what outcome.
 *
 * Never personal data: persons stand in `subjects` by their blind ids, and `facts` hold counts and codes.
 */
export interface AuditEntry {
  readonly trace: string
  /** Empty for someone not signed in. */
  readonly account: string
  readonly role: string
  /** The route, as `POST /api/institutions`, or the name of an act that has none, as `audit.anchor`. */
  readonly act: string
  readonly outcome: Outcome
  readonly countyIds?: readonly number[]
  readonly object?: { readonly kind: string; readonly id: string | number }
  /** Blind ids of the persons whose data were read or written. */
  readonly subjects?: readonly string[]
  readonly purpose?: string
  /** The address asked from. */
  readonly network?: string
  readonly facts?: Readonly<Record<string, unknown>>
  /** The account on whose behalf this one acted. */
  readonly delegatedBy?: string
}
