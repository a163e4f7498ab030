import type pg from 'pg'
import type { County } from './county.ts'

/**
 * 登记县级单位 — names the counties of this site.
 *
 * Written by the owner of the database while it is prepared; the application's role may only read them.
 */
export async function writeCounties(pool: pg.Pool, rows: readonly County[]): Promise<void> {
  await pool.query(
    `insert into registry.county (county_id, code, name, kind, city_id, note)
     select "countyId", code, name, kind, "cityId", note from jsonb_to_recordset($1::jsonb)
       as county ("countyId" integer, code text, name text, kind text, "cityId" integer, note text)
     on conflict (county_id) do update set code = excluded.code, name = excluded.name,
       kind = excluded.kind, city_id = excluded.city_id, note = excluded.note`,
    [JSON.stringify(rows)],
  )
}
