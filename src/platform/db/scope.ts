/** 一份范围 — counties, and of them only these institutions and these stages where they are named. An empty list holds nothing. */
export interface Share {
  readonly counties: readonly number[]
  readonly institutions?: readonly number[]
  readonly stages?: readonly string[]
}

/**
 * 可见范围 — what a transaction may see, and optionally the day and the moment the books are read as of.
 */
export interface Scope extends Share {
  /** Where it is the union of several shares that differ in their limits: each of them. A row must lie in one. */
  readonly shares?: readonly Share[]
  /**
   * Why a computation must see every institution and stage of the counties although its visitor acts for some only.
   * What it answers must not show the others.
   */
  readonly wholeCounties?: string
  /** ISO date; today when absent. */
  readonly asOf?: string
  /** Timestamp text as PostgreSQL wrote it (keeps microseconds); now when absent. */
  readonly knownAt?: string
  /** Sealing anew and erasing alone: every row of the counties, sealed conditions too. */
  readonly upkeep?: true
  /** The account that acts; empty for the platform's own work. */
  readonly actor?: string
  /** The roles it holds; none for the platform's own work. */
  readonly roles?: readonly string[]
  /** The whole scope of whoever acts: what they set going later runs within it too. */
  readonly limits?: Scope
}
