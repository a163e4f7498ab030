/**
 * 访问者 — who is asking, in which role, and for which counties.
 */
export interface Visitor {
  readonly account: string
  /** Shown name, e.g. "叶县教体局 基教股". */
  readonly name: string
  readonly role: string
  /** County ids this person may see; the city's own id stands among them for city staff. */
  readonly counties: readonly number[]
  /** Set for people who act for one institution only. */
  readonly institutionId?: number
}
