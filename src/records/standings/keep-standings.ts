import { sql } from 'kysely'
import type { Plan } from '../../plan/index.ts'
import type { Database } from '../../platform/db/open-database.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { type Books, bookDay } from '../books.ts'
import { coverageKind } from '../duties/kept-counts.ts'
import { publishCoverage } from '../duties/publish-coverage.ts'
import { indicatorKind } from '../indicators/kept-figures.ts'
import { publishIndicators } from '../indicators/publish-indicators.ts'
import { booksAreStill } from '../registry/begin-writing.ts'
import { latestPublished } from '../series/find-published.ts'
import type { KeptRequest } from '../series/keep-series.ts'
import { keptParts } from '../series/read-kept.ts'

/** A county at work is left alone so long after its last entry: what is kept is kept for good, and would be old at once. */
const quietMinutes = 10

/** 待留存 — the counties whose figures of the day are to be kept, and all there are. */
export type DueStandings = KeptRequest

/**
 * 待留存的县 — of which nothing was kept, for the day the books are read as of and under the plan in force, that is still
 * theirs: all of them when a day has begun or the plan has changed, later those that were entered into and rest again.
 * None while anybody writes: whoever comes to write meanwhile would wait behind them, too.
 */
export async function dueStandings({ db, plan, site }: Books): Promise<DueStandings> {
  const asOf = bookDay(site)
  const seen = await everyCounty(db)
  return db.transaction({ counties: seen, asOf }, async (tx) => {
    if (!(await booksAreStill(tx, seen))) return { asOf, counties: [], seen }
    const open = await notKept(tx, plan, seen)
    const last = await latestPublished(tx, coverageKind(plan).kind, asOf)
    const begun = last.some(({ planVersion }) => planVersion === plan.version)
    return { asOf, counties: begun ? await atRest(tx, open) : open, seen }
  })
}

/** 未留存的县 — of which nothing was kept, for a day and under the plan in force, that is still theirs; also those at work. */
export async function standingsNotKept({ db, plan }: Books, asOf: string): Promise<DueStandings> {
  const seen = await everyCounty(db)
  const counties = await db.transaction({ counties: seen, asOf }, (tx) => notKept(tx, plan, seen))
  return { asOf, counties, seen }
}

async function everyCounty(db: Database): Promise<number[]> {
  const { rows } = await db.pool.query<{ id: number }>(
    'select county_id as id from registry.county order by 1',
  )
  return rows.map(({ id }) => id)
}

async function notKept(tx: Tx, plan: Plan, seen: readonly number[]): Promise<number[]> {
  const counts = await keptParts(tx, coverageKind(plan))
  const figures = await keptParts(tx, indicatorKind(plan))
  return seen.filter((id) => !counts.has(id) || !figures.has(id))
}

async function atRest(tx: Tx, counties: readonly number[]): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select id from unnest(${counties}::integer[]) as id
     where not exists (select from registry.entered where county_id = id
                          and moment > now() - make_interval(mins => ${quietMinutes}))`.execute(tx)
  return rows.map(({ id }) => id)
}

/**
 * 留存各项判断 — counts all duties and measures all indicators of these counties and stores them with their provenance.
 * Boards of the day read them for as long as they are the books'.
 */
export async function keepStandings(books: Books, due: DueStandings, by: string): Promise<number> {
  await publishIndicators(books, { ...due, by })
  await publishCoverage(books, { ...due, by })
  return due.counties.length
}
