import { sql } from 'kysely'
import type { Tx } from '../../platform/db/transaction-client.ts'

/** 县域 — a county, by its unit id and name. */
export interface Place {
  readonly unitId: number
  readonly name: string
}

/** 各县 — the counties within the scope, in the order of their codes. */
export async function listPlaces(tx: Tx): Promise<Place[]> {
  const { rows } = await sql<Place>`
    select county_id as "unitId", name from registry.county
     where kind = 'county' and county_id = any (access.counties()) order by code`.execute(tx)
  return rows
}
