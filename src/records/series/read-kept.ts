import { sql } from 'kysely'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { PublishedValue } from './published-value.ts'

/** 留存类别 — which kind of figures, said under which plan and by which engine, is wanted back. */
export interface KeptKind {
  readonly kind: string
  readonly planVersion: string
  readonly engineVersion: string
}

/** 留存的数 — the counties whose figures were kept and are still the books', and these figures. */
export interface Kept {
  readonly counties: ReadonlySet<number>
  /** Nothing at all was entered since the first of them was kept, in any county in sight. */
  readonly settled: boolean
  readonly values: readonly PublishedValue[]
}

/**
 * 取留存 — figures kept for the day the books are read as of, of the counties of which nothing was entered between the
 * moment they were kept and the moment the books are read at: of all others there are none, they are computed.
 *
 * Only for whoever acts for whole counties; to others the same books show less.
 */
export async function readKept(tx: Tx, kind: KeptKind, measures: readonly string[]): Promise<Kept> {
  const parts = await keptParts(tx, kind)
  if (parts.size === 0) return { counties: new Set(), settled: false, values: [] }
  const numbers = [...parts.values()].map(({ seriesId }) => seriesId)
  const { rows } = await sql<PublishedValue & { readonly seriesId: number }>`
    select county_id as "countyId", series_id as "seriesId", unit_id as "unitId", measure, stage, grade, year, scenario,
           mean, lo80, hi80, missing
      from series.value
     where county_id = any (${[...parts.keys()]}::integer[]) and series_id = any (${[...new Set(numbers)]}::bigint[])
       and measure = any (${measures}::text[])`.execute(tx)
  // a county's older part may bear the number under which another's is still current
  return {
    counties: new Set(parts.keys()),
    settled: [...parts.values()].every(({ settled }) => settled),
    values: rows.filter(({ countyId, seriesId }) => parts.get(countyId)?.seriesId === seriesId),
  }
}

/** 留存的部分 — the publication that still holds of a county, and whether nothing was entered elsewhere since either. */
export interface KeptPart {
  readonly countyId: number
  readonly seriesId: number
  readonly settled: boolean
}

/** 列留存的部分 — of each such county. */
export async function keptParts(
  tx: Tx,
  { kind, planVersion, engineVersion }: KeptKind,
): Promise<ReadonlyMap<number, KeptPart>> {
  const { rows } = await sql<KeptPart>`
    select distinct on (county_id) county_id as "countyId", series_id as "seriesId",
           coalesce((select max(moment) from registry.entered
                      where moment <= greatest(kept.known_at, (select book.known_at()))), '-infinity')
           <= least(kept.known_at, (select book.known_at())) as settled
      from series.published as kept
     where county_id = any (access.counties()) and (select access.whole())
       and kind = ${kind} and as_of = (select book.as_of())
       and plan_version = ${planVersion} and engine_version = ${engineVersion}
       and coalesce((select max(moment) from registry.entered
                      where entered.county_id = kept.county_id
                        and moment <= greatest(kept.known_at, (select book.known_at()))), '-infinity')
           <= least(kept.known_at, (select book.known_at()))
     order by county_id, series_id desc`.execute(tx)
  return new Map(rows.map((part) => [part.countyId, part]))
}
