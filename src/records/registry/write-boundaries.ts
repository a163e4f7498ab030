import { sql } from 'kysely'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { Boundary } from './boundary.ts'

/** 登记边界 — outlines for the map, a better one replacing the one before; they carry no history, the source says of when they are. */
export async function writeBoundaries(tx: Tx, rows: readonly Boundary[]): Promise<void> {
  await sql`
    insert into registry.boundary (county_id, unit_id, geometry, datum, indicative, source)
    select "countyId", "unitId", geometry, datum, indicative, source
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given
           ("countyId" integer, "unitId" bigint, geometry jsonb, datum text, indicative boolean, source text)
    on conflict (county_id, unit_id) do update set geometry = excluded.geometry, datum = excluded.datum,
      indicative = excluded.indicative, source = excluded.source`.execute(tx)
}
