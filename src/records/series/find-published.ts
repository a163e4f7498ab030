import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { PublishedValue } from './published-value.ts'

/** 已发布的序列 — one county's part of a publication, with its provenance. */
export interface Published {
  readonly countyId: number
  readonly seriesId: number
  readonly kind: string
  readonly title: string
  readonly planVersion: string
  readonly engineVersion: string
  readonly asOf: string
  readonly knownAt: string
  readonly inputsHash: string
  readonly valuesHash: string
  readonly request: Readonly<Record<string, unknown>>
  readonly saidAt: string
  readonly saidBy: string
}

/** 查已发布 — the parts of a publication that are in sight; empty when there is none. */
export function findPublished(tx: Tx, seriesId: number): Promise<Published[]> {
  return published(tx, sql`series_id = ${seriesId}`)
}

/** 最近发布 — the parts in sight of the last publication of a kind for books read as of that day. */
export function latestPublished(tx: Tx, kind: string, asOf: string): Promise<Published[]> {
  return published(
    tx,
    sql`series_id = (select max(series_id) from series.published where kind = ${kind} and as_of = ${asOf})`,
  )
}

/** 各县最近发布 — of each county in sight its part of the last publication of a kind that spoke of it, for books read as of that day. */
export async function lastPartPublished(tx: Tx, kind: string, asOf: string): Promise<Published[]> {
  const parts = await published(tx, sql`kind = ${kind} and as_of = ${asOf}`)
  const last = new Map<number, Published>()
  for (const part of parts)
    if (part.seriesId > (last.get(part.countyId)?.seriesId ?? 0)) last.set(part.countyId, part)
  return [...last.values()]
}

async function published(tx: Tx, which: RawBuilder<unknown>): Promise<Published[]> {
  const { rows } = await sql<Published>`
    select county_id as "countyId", series_id as "seriesId", kind, title, plan_version as "planVersion",
           engine_version as "engineVersion", as_of as "asOf", known_at as "knownAt", inputs_hash as "inputsHash",
           values_hash as "valuesHash", request, said_at as "saidAt", said_by as "saidBy"
      from series.published where ${which} order by county_id`.execute(tx)
  return rows
}

/** 取数 — which values of a publication are wanted; all when absent. */
export interface ValueFilter {
  readonly unitIds?: readonly number[]
  readonly measures?: readonly string[]
  readonly stage?: string
  readonly scenario?: string
}

/** 读序列值 — the values in sight of a publication. */
export async function readValues(
  tx: Tx,
  seriesId: number,
  filter: ValueFilter = {},
): Promise<PublishedValue[]> {
  const conditions = [
    sql`series_id = ${seriesId}`,
    ...(filter.unitIds ? [sql`unit_id = any (${filter.unitIds}::bigint[])`] : []),
    ...(filter.measures ? [sql`measure = any (${filter.measures}::text[])`] : []),
    ...(filter.stage ? [sql`stage = ${filter.stage}`] : []),
    ...(filter.scenario ? [sql`scenario = ${filter.scenario}`] : []),
  ]
  const { rows } = await sql<PublishedValue>`
    select county_id as "countyId", unit_id as "unitId", measure, stage, grade, year, scenario, mean, lo80, hi80, missing
      from series.value where ${sql.join(conditions, sql` and `)}
     order by county_id, unit_id, measure, stage, grade, year, scenario`.execute(tx)
  return rows
}
