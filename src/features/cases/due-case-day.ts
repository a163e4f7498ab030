import { sql } from 'kysely'
import { type Books, bookDay } from '../../records/books.ts'
import { indicatorKind } from '../../records/indicators/kept-figures.ts'
import { booksAreStill } from '../../records/registry/begin-writing.ts'
import type { DueStandings } from '../../records/standings/keep-standings.ts'
import { type CaseRow, listCases } from './store.ts'

/**
 * 待留存的案例之日 — the next day by which a case in the book is judged and of which its county's figures were not yet kept
 * under the plan in force; no county where there is none.
 *
 * One day at a time: there may be many, and nobody waits for them. What is entered into the books later is measured when
 * the case is read, not kept again. `tried` remembers what was given out: a day of which the books hold nothing is not
 * tried for ever.
 */
export async function dueCaseDay({ db, plan, site }: Books, tried: Set<string>): Promise<DueStandings> {
  const asOf = bookDay(site)
  const { rows } = await db.pool.query<{ id: number }>(
    'select county_id as id from registry.county order by 1',
  )
  const seen = rows.map(({ id }) => id)
  return db.transaction({ counties: seen, asOf }, async (tx) => {
    const wanted = (await listCases(tx)).filter(
      ({ indicator }) => indicator && plan.indicators.has(indicator),
    )
    const { kind, planVersion, engineVersion } = indicatorKind(plan)
    const kept = await sql<{ day: string; countyId: number }>`
      select distinct as_of as day, county_id as "countyId" from series.published
       where kind = ${kind} and plan_version = ${planVersion} and engine_version = ${engineVersion}`.execute(
      tx,
    )
    const done = new Set([...tried, ...kept.rows.map(keyOf)])
    const open = wanted
      .flatMap(({ countyId, ...days }) => daysOf(days).map((day) => ({ day, countyId })))
      .filter((each) => each.day <= asOf && !done.has(keyOf(each)))
    const day = open.map((each) => each.day).sort()[0]
    if (day === undefined || !(await booksAreStill(tx, seen))) return { asOf, counties: [], seen }
    const now = open.filter((each) => each.day === day)
    for (const each of now) tried.add(keyOf(each))
    const counties = new Set(now.map(({ countyId }) => countyId))
    return { asOf: day, counties: [...counties].sort((one, other) => one - other), seen }
  })
}

const keyOf = ({ day, countyId }: { readonly day: string; readonly countyId: number }) => `${day} ${countyId}`

function daysOf({ before, after }: Pick<CaseRow, 'before' | 'after'>): string[] {
  return [before, after].filter((day) => day !== null)
}
