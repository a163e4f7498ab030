import { sql } from 'kysely'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { Report } from '../../platform/jobs/jobs.ts'
import type { Books } from '../../records/books.ts'
import { judgeCoverage } from '../../records/duties/judge-coverage.ts'
import { begunCounties } from '../../records/findings/begun-counties.ts'
import { escalateOverdue } from '../../records/findings/escalate-overdue.ts'
import { markConditions } from '../../records/findings/mark-conditions.ts'
import { openFindings, platformFinder } from '../../records/findings/open-findings.ts'
import { listStandings } from '../../records/indicators/list-standings.ts'
import { foundByChecks } from './found-by-checks.ts'
import { foundByDuties, type RuleFound } from './found-by-duties.ts'
import { foundByFilings } from './found-by-filings.ts'
import { foundByIndicators } from './found-by-indicators.ts'

/** 按规则立项结果 — how many were opened, opened again and marked as met. */
export type OpenedByRules = {
  readonly opened: number
  readonly reopened: number
  readonly met: number
  readonly escalated: number
}

/**
 * 按规则立项 — judges every duty of coverage, every check and every target that is due on a day and opens what they find; what is found no more is
 * marked as met, what has passed its day is raised. Done twice on one day it does nothing the second time.
 *
 * County by county, so that nobody who writes waits long.
 */
export async function openByRules(
  { db, plan, site }: Pick<Books, 'db' | 'plan' | 'site'>,
  counties: readonly number[],
  today: string,
  report: Report = () => {},
): Promise<OpenedByRules> {
  const within = { counties, asOf: today }
  const units = await db.transaction(within, async (tx) => {
    const { rows } = await sql<{ countyId: number; id: number }>`
      select county_id as "countyId", unit_id as id from book.unit where kind in ('county', 'city')`.execute(
      tx,
    )
    return new Map(rows.map(({ countyId, id }) => [countyId, id]))
  })
  report(0, counties.length + 1, '判断覆盖任务、数据核验和到期目标')
  const city = counties.includes(site.cityId) && { unitId: site.cityId, name: site.cityName }
  const found = [
    ...foundByDuties(plan, await judgeCoverage(db, plan, within), units),
    ...(await foundByChecks(db, plan, within)),
    ...(await foundByFilings(db, plan, within)),
    ...foundByIndicators(
      plan,
      await listStandings(db, plan, { ...within, ...(city && { city }) }),
      units,
      today,
    ),
  ]
  const byCounty = Map.groupBy(found, ({ countyId }) => countyId)
  const total = { opened: 0, reopened: 0, met: 0, escalated: 0 }
  for (const [at, countyId] of counties.entries()) {
    report(at + 1, counties.length + 1, '立项')
    const done = await db.transaction({ counties: [countyId], asOf: today }, (tx) =>
      openInCounty(tx, countyId, byCounty.get(countyId) ?? [], today),
    )
    for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += done[key]
  }
  return total
}

/**
 * 每日按规则立项 — only in counties where somebody had rules judged once: a new site is not flooded before anybody has looked.
 * The city itself joins with the last of its counties.
 */
export async function openDaily(
  books: Pick<Books, 'db' | 'plan' | 'site'>,
  counties: readonly number[],
  today: string,
): Promise<OpenedByRules> {
  const begun = await books.db.transaction({ counties, asOf: today }, begunCounties)
  const whole = counties.every((id) => id === books.site.cityId || begun.includes(id))
  return openByRules(books, whole ? counties : begun.filter((id) => id !== books.site.cityId), today)
}

async function openInCounty(
  tx: Tx,
  countyId: number,
  rules: readonly RuleFound[],
  today: string,
): Promise<OpenedByRules> {
  const standing = await openRules(tx, countyId)
  const opened = await openFindings(
    tx,
    rules.flatMap(({ found }) => found),
    platformFinder,
    today,
  )
  let met = 0
  for (const { source, rule, still } of rules.filter((each) => standing.has(`${each.source} ${each.rule}`)))
    met += await markConditions(tx, { source, rule }, [countyId], still, today)
  const escalated = await escalateOverdue(tx, countyId, today)
  const count = (outcome: string) => opened.filter((each) => each.outcome === outcome).length
  return { opened: count('opened'), reopened: count('reopened'), met, escalated }
}

/** What was open before, or dismissed with its gap: of no other rule can a finding be found no more. */
async function openRules(tx: Tx, countyId: number): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ key: string }>`
    select distinct source || ' ' || rule as key from book.findings
     where county_id = ${countyId} and rule is not null
       and (phase <> 'closed' or dismissed and not condition_met)`.execute(tx)
  return new Set(rows.map(({ key }) => key))
}
