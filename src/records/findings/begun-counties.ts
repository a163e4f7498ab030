import { sql } from 'kysely'
import type { Tx } from '../../platform/db/transaction-client.ts'

/** 已按规则立项的县 — the counties in sight in which a rule has opened a finding before. */
export async function begunCounties(tx: Tx): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select distinct county_id as id from book.findings where source in ('duty', 'check', 'indicator') order by 1`.execute(
    tx,
  )
  return rows.map(({ id }) => id)
}
