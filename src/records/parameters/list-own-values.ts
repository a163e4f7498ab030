import { sql } from 'kysely'
import type pg from 'pg'
import type { OwnParameter } from '../../plan/index.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { OwnValue } from './own-value.ts'

const given = `parameter as key, value, from_day as "from", status, document, article, quote`

/** 自定取值列表 — of one parameter or all, the newest first; whoever has not the city in scope sees none. */
export async function listOwnValues(tx: Tx, key?: string): Promise<OwnValue[]> {
  const { rows } = await sql<OwnValue>`
    select value_id as "valueId", ${sql.raw(given)}, reason, impact, plan_version as "planVersion",
           proposed_by as "proposedBy", proposer, proposed_at as "proposedAt", phase, decider,
           decided_at as "decidedAt", note
      from parameters.own_value where ${key ?? null}::text is null or parameter = ${key ?? null}
     order by value_id desc`.execute(tx)
  return rows
}

/** 生效取值 — what was approved, in the order in which it was; the later of two from the same day replaces the earlier. */
export async function approvedValues(pool: pg.Pool): Promise<OwnParameter[]> {
  const { rows } = await pool.query<OwnParameter>(
    `select ${given} from parameters.own_value where phase = 'approved' order by decided_at, value_id`,
  )
  return rows
}
