import { sql } from 'kysely'
import type { Tx } from '../../platform/db/transaction-client.ts'

/** 上次责任人 — of each of these units of a county, the person named at its latest hand-over; units never named are left out. */
export async function lastNamed(
  tx: Tx,
  countyId: number,
  units: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ unit: string; person: string }>`
    select distinct on (owner_unit) owner_unit as unit, owner_person as person
      from book.finding_steps
     where county_id = ${countyId} and act = 'assign' and owner_unit = any (${units}::text[])
       and owner_person is not null
     order by owner_unit, done_at desc`.execute(tx)
  return new Map(rows.map(({ unit, person }) => [unit, person]))
}
