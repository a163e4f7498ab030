import type { Queryable } from '../db/open-database.ts'
import type { GrantSeen } from './identity-contract.ts'

/** 授权申请 — what is to be granted to whom, from when until when, on which paper. */
export interface GrantWanted {
  readonly account: string
  readonly role: string
  readonly counties: readonly number[]
  readonly institutions: readonly number[]
  /** Only what belongs to these units, on the day it is asked for; everything of the counties when absent. */
  readonly units?: readonly number[] | undefined
  readonly stages?: readonly string[] | undefined
  /** ISO days, both included; from today and without end when absent. */
  readonly from?: string | undefined
  readonly until?: string | undefined
  readonly document: string
  readonly reason: string
  readonly grantedBy: string
  readonly delegatedFrom?: number
}

/** 授权入册 — the new grant's id; `two-seats` when the account sits on another seat in those days. */
export async function writeGrant(
  pool: Queryable,
  wanted: GrantWanted,
): Promise<number | 'two-seats' | 'no-days'> {
  const written = await pool
    .query(
      `insert into access.grant
         (account, role, counties, institutions, stages, valid, granted_by, document, reason, delegated_from, units)
       values ($1, $2, $3, $4, $5,
               daterange(coalesce($6::date, (now() at time zone 'Asia/Shanghai')::date), $7::date, '[]'),
               $8, $9, $10, $11, $12) returning grant_id as id`,
      [
        wanted.account,
        wanted.role,
        wanted.counties,
        wanted.institutions,
        wanted.stages ?? null,
        wanted.from ?? null,
        wanted.until ?? null,
        wanted.grantedBy,
        wanted.document,
        wanted.reason,
        wanted.delegatedFrom ?? null,
        wanted.units ?? null,
      ],
    )
    .catch(kindOfBreach)
  return typeof written === 'string' ? written : written.rows[0].id
}

/** The database holds the rule; its word is turned into ours here. */
function kindOfBreach(error: { code?: string }): 'two-seats' | 'no-days' {
  if (error.code === '23P01') return 'two-seats'
  if (error.code === '22000') return 'no-days'
  throw error
}

/** 结束授权 — from this moment; also what was handed on from it. False when it is not there or already ended. */
export async function endGrant(pool: Queryable, grantId: number, by: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    'update access.grant set ended_at = now(), ended_by = $2 where grant_id = $1 and ended_at is null',
    [grantId, by],
  )
  return rowCount === 1
}

const seen = `
  select g.grant_id as "grantId", g.account, g.role, g.counties, g.institutions::float8[], g.units::float8[], g.stages,
         lower(g.valid)::text as "from", (upper(g.valid) - 1)::text as until,
         g.granted_by as "grantedBy", g.granted_at as "grantedAt", g.document, g.reason,
         o.account as "delegatedBy", g.ended_at as "endedAt", g.ended_by as "endedBy",
         (g.ended_at is null and g.valid @> (now() at time zone 'Asia/Shanghai')::date
          and (o.grant_id is null or (o.ended_at is null and giver.state = 'active'
               and o.valid @> (now() at time zone 'Asia/Shanghai')::date))) as "inForce"
    from access.grant g
    left join access.grant o on o.grant_id = g.delegated_from
    left join access.account giver on giver.account = o.account`

/** 账号的授权 — every grant these accounts ever had, those in force first. */
export async function listGrantsOf(pool: Queryable, accounts: readonly string[]): Promise<GrantSeen[]> {
  const { rows } = await pool.query(
    `${seen} where g.account = any ($1) order by "inForce" desc, g.granted_at desc, g.grant_id desc`,
    [accounts],
  )
  return rows
}

/** 我委托出去的 — what this account handed on to others and has not ended. */
export async function listHandedOn(pool: Queryable, account: string): Promise<GrantSeen[]> {
  const { rows } = await pool.query(
    `${seen} where o.account = $1 and g.ended_at is null order by g.granted_at desc, g.grant_id desc`,
    [account],
  )
  return rows
}
