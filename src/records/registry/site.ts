import type pg from 'pg'

/** 建库性质 — which city this site serves, under which plan layer, and whether its data are generated (合成数据). */
export interface Site {
  readonly cityId: number
  readonly planLayer: string
  readonly synthetic: boolean
  /** Size and seed of a generated city. */
  readonly size?: string | null
  readonly seed?: number | null
}

/** 写建库性质 — written once by the owner of the database when the site is prepared; a second writing replaces it. */
export async function writeSite(pool: pg.Pool, site: Site): Promise<void> {
  await pool.query(
    `insert into registry.site (city_id, plan_layer, synthetic, size, seed) values ($1, $2, $3, $4, $5)
     on conflict (only_row) do update set city_id = excluded.city_id, plan_layer = excluded.plan_layer,
       synthetic = excluded.synthetic, size = excluded.size, seed = excluded.seed, loaded_at = now()`,
    [site.cityId, site.planLayer, site.synthetic, site.size ?? null, site.seed ?? null],
  )
}

/** 读建库性质 — with the city's name; undefined while nothing is loaded. */
export async function readSite(pool: pg.Pool): Promise<(Site & { readonly cityName: string }) | undefined> {
  const { rows } = await pool.query<Site & { cityName: string }>(
    `select site.city_id as "cityId", plan_layer as "planLayer", synthetic, size, seed, county.name as "cityName"
       from registry.site join registry.county on county.county_id = site.city_id`,
  )
  return rows[0]
}
