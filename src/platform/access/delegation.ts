import type { Queryable } from '../db/open-database.ts'
import { writeGrant } from './grants.ts'
import { refuse } from './refusals.ts'
import type { Grant, Visitor } from './visitor.ts'

/** 委托 — part or all of one of one's own grants, to another account, until a day. */
export interface Delegation {
  readonly grantId: number
  readonly account: string
  readonly counties: readonly number[]
  readonly institutions: readonly number[]
  readonly stages?: readonly string[] | undefined
  readonly until: string
  readonly reason: string
}

/** 办理委托 — never more, and never longer, than the giver's own; what was handed on cannot be handed on again. */
export async function handOn(pool: Queryable, giver: Visitor, wanted: Delegation) {
  const own = giver.grants?.find(({ grantId }) => grantId === wanted.grantId)
  if (!own || own.delegatedBy !== undefined) return refuse('access.grant-not-yours')
  if (wanted.account === giver.account) return refuse('access.grant-to-self')
  if (exceeds(wanted, own)) return refuse('access.delegation-exceeds')
  const taker = await pool.query("select 1 from access.account where account = $1 and state = 'active'", [
    wanted.account,
  ])
  if (taker.rowCount === 0) return refuse('access.unknown-account')
  const written = await writeGrant(pool, {
    ...wanted,
    role: own.role,
    document: '',
    grantedBy: giver.account,
    delegatedFrom: wanted.grantId,
  })
  if (written === 'two-seats') return refuse('access.two-seats')
  if (written === 'no-days') return refuse('access.grant-days')
  return { ok: true as const, value: { grantId: written } }
}

/** 是否超出 — does what is wanted reach beyond the grant it comes from? An empty list of institutions means all of them. */
export function exceeds(wanted: Delegation, own: Grant): boolean {
  const within = <T>(part: readonly T[], whole: readonly T[]) => part.every((each) => whole.includes(each))
  if (own.until !== undefined && wanted.until > own.until) return true
  if (wanted.counties.length === 0 || !within(wanted.counties, own.counties)) return true
  if (
    own.institutions !== undefined &&
    (wanted.institutions.length === 0 || !within(wanted.institutions, own.institutions))
  )
    return true
  // Units cannot be named in a delegation yet, so a grant limited to units is not handed on.
  if (own.units !== undefined) return true
  return own.stages !== undefined && (wanted.stages === undefined || !within(wanted.stages, own.stages))
}
