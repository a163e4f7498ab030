import { sql } from 'kysely'
import type { Tx } from '../../platform/db/transaction-client.ts'

/** 看不到的县 — the names of the city's counties outside the scope, in the order of their codes. */
export async function countiesOutOfSight(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select name from registry.county where not county_id = any (access.counties()) order by code`.execute(tx)
  return rows.map(({ name }) => name)
}
