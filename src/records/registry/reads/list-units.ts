import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/transaction-client.ts'
import type { County } from '../county.ts'
import { datedColumns } from '../entry-columns.ts'
import { type Unit, type UnitKind, unitFields } from '../unit.ts'

/** 单位列表 — the units that stand on the day the books are read, of one kind or all. */
export async function listUnits(tx: Tx, kind?: UnitKind): Promise<Unit[]> {
  const { rows } = await sql<Unit>`
    select ${datedColumns(unitFields)} from book.unit
     where ${kind ?? null}::text is null or kind = ${kind ?? null} order by unit_id`.execute(tx)
  return rows
}

/** 查单位 — one unit as it stands that day; undefined when it does not, or is out of sight. */
export async function findUnit(tx: Tx, unitId: number): Promise<Unit | undefined> {
  const { rows } = await sql<Unit>`
    select ${datedColumns(unitFields)} from book.unit where unit_id = ${unitId}`.execute(tx)
  return rows[0]
}

/** 县级单位列表 — the counties of the site; everyone may know their names. */
export async function listCounties(tx: Tx): Promise<County[]> {
  const { rows } = await sql<County>`
    select county_id as "countyId", code, name, kind, city_id as "cityId", note
      from registry.county order by county_id`.execute(tx)
  return rows
}
