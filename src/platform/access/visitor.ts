import type { Share } from '../db/scope.ts'

/**
 * 授权 — one role held for a scope, until a day. What somebody may do is what their grants say, and nothing more.
 */
export interface Grant {
  readonly grantId?: number
  readonly role: string
  /** County ids; the city's own id stands among them for city staff. */
  readonly counties: readonly number[]
  /** Only these institutions of the counties; all of them when absent. */
  readonly institutions?: readonly number[]
  /** Only these units of the counties; all of them when absent. */
  readonly units?: readonly number[]
  /** Only these stages; all when absent. */
  readonly stages?: readonly string[]
  /** Last day, ISO date; open when absent. */
  readonly until?: string
  /** The account that lent it; it never reaches further than that account's own. */
  readonly delegatedBy?: string
}

/**
 * 访问者 — who is asking, in which role, and for which counties.
 *
 * At a route the visitor stands with the grants that let them through it: the scope is the union of those alone.
 */
export interface Visitor extends Share {
  readonly account: string
  /** Shown name, e.g. "叶县教体局 基教股". */
  readonly name: string
  readonly role: string
  /** Where their grants differ in their limits, each apart: the union alone would cross the counties of one with the stages of another. */
  readonly shares?: readonly Share[]
  /** Set for a program that comes with a token of the account's: what the token is for. */
  readonly token?: {
    readonly name: string
    readonly scopes: readonly string[]
    readonly readOnly: boolean
  }
  /** Everything the account holds today. */
  readonly grants?: readonly Grant[]
}

/** 全部授权 — of a visitor as signed in. */
export function grantsOf(visitor: Visitor): readonly Grant[] {
  return visitor.grants ?? [visitor]
}
