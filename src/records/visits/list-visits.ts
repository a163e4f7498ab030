import { sql } from 'kysely'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { Visit } from './record-visit.ts'

const columns = sql.raw(`
  v.visit_id as "visitId", v.county_id as "countyId", v.institution_id as "institutionId", i.name as institution, v.kind,
  v.visited_on as "visitedOn", v.seen, v.advice, v.done_by as "doneBy"`)
const source = sql.raw('book.visits as v join book.institution_last as i using (county_id, institution_id)')

/** 查入校督导 — one visit by its number. */
export async function findVisit(tx: Tx, visitId: number): Promise<Visit | undefined> {
  const { rows } = await sql<Visit>`select ${columns} from ${source} where v.visit_id = ${visitId}`.execute(
    tx,
  )
  return rows[0]
}

/** 入校记录 — the latest visits in sight, of one county or one institution where it is named; how many there are in all. */
export async function listVisits(
  tx: Tx,
  {
    county,
    institution,
  }: { readonly county?: number | undefined; readonly institution?: number | undefined },
  limit: number,
): Promise<{ readonly visits: Visit[]; readonly total: number }> {
  const { rows } = await sql<Visit & { total: number }>`
    select ${columns}, count(*) over ()::integer as total from ${source}
     where v.county_id = coalesce(${county ?? null}::integer, v.county_id)
       and v.institution_id = coalesce(${institution ?? null}::bigint, v.institution_id)
     order by v.visited_on desc, v.visit_id desc limit ${limit}`.execute(tx)
  return { visits: rows.map(({ total: _, ...visit }) => visit), total: rows[0]?.total ?? 0 }
}

/** 一校入校次数 — how often a school was visited since a day, and when last. */
export interface VisitFrequency {
  readonly countyId: number
  readonly county: string
  readonly institutionId: number
  readonly name: string
  readonly visits: number
  readonly last: string | null
}

/**
 * 入校频次 — every institution in sight with its routine visits since the first day of a term, those with fewest first.
 *
 * From the registry alone, so that a school nobody visits is not forgotten.
 */
export async function visitFrequency(tx: Tx, from: string): Promise<VisitFrequency[]> {
  const { rows } = await sql<VisitFrequency>`
    select i.county_id as "countyId", county.name as county, i.institution_id as "institutionId", i.name,
           count(v.visit_id) filter (where v.kind = 'routine' and v.visited_on >= ${from}::date)::integer as visits,
           max(v.visited_on) as last
      from book.institution as i join registry.county using (county_id)
      left join book.visits as v using (county_id, institution_id)
     group by 1, 2, 3, 4 order by visits, i.county_id, i.institution_id`.execute(tx)
  return rows
}
