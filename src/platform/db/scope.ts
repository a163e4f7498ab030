/**
 * 可见范围 — what a transaction may see: county ids, and optionally the day and the moment the books are read as of.
 *
 * An empty list of counties, or of institutions, sees nothing.
 */
export interface Scope {
  readonly counties: readonly number[]
  /** Institution ids; every institution of the counties when absent. */
  readonly institutions?: readonly number[]
  /**
   * Why a computation must see every institution of the counties although its visitor acts for some only. What it
   * answers must not show the others.
   */
  readonly wholeCounties?: string
  /** ISO date; today when absent. */
  readonly asOf?: string
  /** Timestamp text as PostgreSQL wrote it (keeps microseconds); now when absent. */
  readonly knownAt?: string
  /** The account that acts; empty for the platform's own work. */
  readonly actor?: string
  /** The whole scope of whoever acts: what they set going later runs within it too. */
  readonly limits?: Scope
}
