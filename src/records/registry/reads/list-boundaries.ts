import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/transaction-client.ts'
import type { Boundary } from '../boundary.ts'
import type { UnitKind } from '../unit.ts'

/** 边界列表 — outlines of the units of a kind that stand on the day the books are read. */
export async function listBoundaries(tx: Tx, kind: UnitKind): Promise<Boundary[]> {
  const { rows } = await sql<Boundary>`
    select b.county_id as "countyId", b.unit_id as "unitId", geometry, datum, indicative, source
      from registry.boundary b join book.unit u on u.county_id = b.county_id and u.unit_id = b.unit_id
     where u.kind = ${kind} order by b.unit_id`.execute(tx)
  return rows
}
