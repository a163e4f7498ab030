import { sql } from 'kysely'
import type pg from 'pg'
import type { OwnParameter } from '../../plan/index.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { OwnValue } from './own-value.ts'

const given = `parameter as key, value, from_day as "from", status, document, article, quote`

/**
 * 自定取值列表 — of one parameter or all, the newest first, as they stood at the moment the books are read; whoever has
 * not the city in scope sees none.
 */
export async function listOwnValues(tx: Tx, key?: string): Promise<OwnValue[]> {
  const { rows } = await sql<OwnValue>`
    select value_id as "valueId", ${sql.raw(given)}, reason, impact, plan_version as "planVersion",
           proposed_by as "proposedBy", proposer, proposed_at as "proposedAt",
           case when decided then phase else 'proposed' end as phase, case when decided then decider end as decider,
           case when decided then decided_at end as "decidedAt", case when decided then note end as note
      from (select *, coalesce(decided_at <= book.known_at(), false) as decided from parameters.own_value) as own_value
     where (${key ?? null}::text is null or parameter = ${key ?? null}) and proposed_at <= book.known_at()
     order by value_id desc`.execute(tx)
  return rows
}

/**
 * 生效取值 — what was approved (by a moment, when one is named), in the order in which it was; the later of two from the
 * same day replaces the earlier.
 */
export async function approvedValues(pool: pg.Pool, knownAt: string | null = null): Promise<OwnParameter[]> {
  const { rows } = await pool.query<OwnParameter>(
    `select ${given} from parameters.own_value
      where phase = 'approved' and ($1::timestamptz is null or decided_at <= $1) order by decided_at, value_id`,
    [knownAt],
  )
  return rows
}
