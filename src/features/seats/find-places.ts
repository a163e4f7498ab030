import { sql } from 'kysely'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { UnitRef } from './contract.ts'

const kinds = ['city', 'county', 'township']

/** 找单位 — a city, county or township in sight on the day the books are read. */
export async function findPlace(tx: Tx, unitId: number): Promise<UnitRef | undefined> {
  const { rows } = await sql<UnitRef>`
    select unit_id as "unitId", name, kind, county_id as "countyId" from book.unit
     where unit_id = ${unitId} and kind = any (${kinds})`.execute(tx)
  return rows[0]
}

/** 下级单位 — counties of a city, townships of a county. */
export async function listPartsOf(tx: Tx, unitId: number): Promise<UnitRef[]> {
  const { rows } = await sql<UnitRef>`
    select u.unit_id as "unitId", u.name, u.kind, u.county_id as "countyId"
      from book.unit_link l join book.unit u on u.county_id = l.county_id and u.unit_id = l.child_id
     where l.tree = 'administrative' and l.parent_id = ${unitId} and u.kind = any (${kinds})
     order by u.unit_id`.execute(tx)
  return rows
}

/** 各级上级 — from the topmost unit in sight down to the unit itself. */
export async function trailTo(tx: Tx, unit: UnitRef): Promise<UnitRef[]> {
  const trail = [unit]
  for (;;) {
    const { rows } = await sql<UnitRef>`
      select u.unit_id as "unitId", u.name, u.kind, u.county_id as "countyId"
        from book.unit_link l join book.unit u on u.unit_id = l.parent_id
       where l.tree = 'administrative' and l.child_id = ${trail[0]!.unitId}`.execute(tx)
    const above = rows[0]
    if (!above || trail.some(({ unitId }) => unitId === above.unitId)) return trail
    trail.unshift(above)
  }
}
