import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/transaction-client.ts'
import { type Birth, birthFields } from '../../../records/registry/birth.ts'
import { entryColumns } from '../../../records/registry/entry-columns.ts'
import { type Population, populationFields } from '../../../records/registry/population.ts'
import { birthKey, type KnownBooks, type KnownUnit, populationKey } from '../judge/known-books.ts'
import { polygonsOf } from '../judge/point-in-outline.ts'

/** 行政区划 — city, counties, townships and villages in scope as they stand today, by code. */
export async function loadUnits(tx: Tx): Promise<Pick<KnownBooks, 'units' | 'unitNames'>> {
  const { rows } = await sql<KnownUnit>`
    select unit_id as "unitId", county_id as "countyId", kind, code, name from book.unit
     where kind in ('city', 'county', 'township', 'village')`.execute(tx)
  return {
    units: new Map(rows.map((row) => [row.code, row])),
    unitNames: new Map(rows.map((row) => [row.unitId, row.name])),
  }
}

/** 县界 — outlines of the counties in scope. */
export async function loadOutlines(tx: Tx): Promise<KnownBooks['outlines']> {
  const { rows } = await sql<{ countyId: number; geometry: Record<string, unknown> }>`
    select county_id as "countyId", geometry from registry.boundary where unit_id = county_id`.execute(tx)
  return new Map(rows.map(({ countyId, geometry }) => [countyId, polygonsOf(geometry)]))
}

/** Of births and people the view shows the last publication only; an import is held against all of them. */
const toldNow = sql`(held is null or held @> (select book.as_of()))
  and known_from <= (select book.known_at()) and (select book.known_at()) < known_to`

function ofUnits(unitIds: readonly number[]) {
  return sql`unit_id = any(${unitIds}::bigint[]) and ${toldNow}`
}

/** 已登记的出生 — every publication of every year, of these units. */
export async function loadBirths(tx: Tx, unitIds: readonly number[]): Promise<KnownBooks['births']> {
  const { rows } = await sql<Birth>`
    select ${entryColumns(birthFields)} from registry.birth where ${ofUnits(unitIds)}`.execute(tx)
  return new Map(rows.map((row) => [birthKey(row), row]))
}

/** 已登记的人口 — every publication of every day, of these units. */
export async function loadPopulation(tx: Tx, unitIds: readonly number[]): Promise<KnownBooks['population']> {
  const { rows } = await sql<Population>`
    select ${entryColumns(populationFields)} from registry.population where ${ofUnits(unitIds)}`.execute(tx)
  return new Map(rows.map((row) => [populationKey(row), row]))
}
