import { sql } from 'kysely'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { listPlaces } from '../../records/indicators/list-places.ts'

/** 名册 — what the counties and their schools and townships are called. */
export interface Names {
  readonly counties: ReadonlyMap<number, string>
  /** By county, kind and id. */
  readonly subjects: ReadonlyMap<string, string>
}

/** 称呼 — of whom a filing speaks; of one the registry does not know, its county's name. */
export function nameOf({ counties, subjects }: Names, countyId: number, kind: string, id: number): string {
  return subjects.get(`${countyId} ${kind} ${id}`) ?? counties.get(countyId) ?? ''
}

/** 取名册 — of everything in sight. */
export async function readNames(tx: Tx): Promise<Names> {
  const counties = new Map((await listPlaces(tx)).map(({ unitId, name }) => [unitId, name]))
  const { rows } = await sql<{ key: string; name: string }>`
    select county_id || ' institution ' || institution_id as key, name from book.institution_last
    union all
    select county_id || ' township ' || unit_id, name from book.unit_last where kind = 'township'`.execute(tx)
  return { counties, subjects: new Map(rows.map(({ key, name }) => [key, name])) }
}
