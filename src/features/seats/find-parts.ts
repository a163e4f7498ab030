import { sql } from 'kysely'
import { censusDay, schoolYearOf } from '../../kernel/school-year.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { Published } from '../../records/series/find-published.ts'
import type { SeatValue } from './unit-row.ts'

/** 县份 — a county's newest part of a kind of series, with what happened since. */
export type CountyPart = Published & {
  /** True when the county's book has entries later than the moment the part was computed from. */
  readonly booksChanged: boolean
}

/**
 * 找各县最新部分 — for every county in sight, its newest publication that answers for the day: of the same school year,
 * read no later than the day.
 *
 * A county that computed for itself is newer than the others and than the totals.
 */
export async function findParts(tx: Tx, kind: string, asOf: string): Promise<CountyPart[]> {
  const { rows } = await sql<CountyPart>`
    with part as (
      select distinct on (county_id) * from series.published
       where kind = ${kind} and as_of between ${censusDay(schoolYearOf(asOf))} and ${asOf}
       order by county_id, as_of desc, series_id desc)
    select county_id as "countyId", series_id as "seriesId", kind, title, plan_version as "planVersion",
           engine_version as "engineVersion", as_of as "asOf", known_at as "knownAt", inputs_hash as "inputsHash",
           values_hash as "valuesHash", request, said_at as "saidAt", said_by as "saidBy",
           exists (select 1 from registry.act where act.county_id = part.county_id and act.recorded_at > part.known_at)
             as "booksChanged"
      from part order by county_id`.execute(tx)
  return rows
}

/** 读各县部分的值 — values of the units named, out of whichever part holds them. */
export async function readPartValues(
  tx: Tx,
  parts: readonly CountyPart[],
  filter: {
    readonly unitIds: readonly number[]
    readonly stage?: string
    readonly measures?: readonly string[]
  },
): Promise<(SeatValue & { readonly grade: string })[]> {
  const { rows } = await sql<SeatValue & { grade: string }>`
    select v.unit_id as "unitId", v.measure, v.stage, v.grade, v.year, v.scenario, v.mean, v.lo80, v.hi80, v.missing
      from unnest(${parts.map(({ countyId }) => countyId)}::integer[], ${parts.map(({ seriesId }) => seriesId)}::bigint[])
             as part (county_id, series_id)
      join series.value v using (county_id, series_id)
     where v.unit_id = any (${filter.unitIds}::bigint[])
       and (${filter.stage ?? null}::text is null or v.stage = ${filter.stage ?? null})
       and (${filter.measures ?? null}::text[] is null or v.measure = any (${filter.measures ?? null}::text[]))
     order by v.unit_id, v.measure, v.stage, v.year, v.scenario`.execute(tx)
  return rows
}

/** 是否本县自算 — the county computed for itself, without the other counties. */
export function isCountyOnly(part: Published): boolean {
  return (part.request.counties as readonly number[]).length === 1
}
