import { advanceFindings } from '../demo/advance-findings.ts'
import { foundAtKindergartens } from '../demo/found-at-kindergartens.ts'
import { openByRules } from '../features/supervision/index.ts'
import type { Report } from '../platform/jobs/jobs.ts'
import { type Books, bookDay } from '../records/books.ts'
import { begunCounties } from '../records/findings/begun-counties.ts'
import { escalateOverdue } from '../records/findings/escalate-overdue.ts'

/** So long before the demonstration's day its rules were judged: enough for some findings to be closed and some overdue. */
const daysBefore = 65

/**
 * 首次立项 — a demonstration city opens with findings at every stage of rectification; later starts find them there, and
 * false is returned.
 */
export async function findingsOnce(books: Books, report: Report): Promise<boolean> {
  const today = bookDay(books.site)
  const { rows } = await books.db.pool.query<{ id: number }>(
    "select county_id as id from registry.county where kind = 'county' order by county_id",
  )
  const counties = rows.map(({ id }) => id)
  const begun = await books.db.transaction({ counties, asOf: today }, begunCounties)
  if (begun.length > 0) return false
  report(0, 1, '按规则立项（合成数据）')
  const openedOn = dayBefore(today, daysBefore)
  await openByRules(books, counties, openedOn)
  for (const [at, countyId] of counties.entries()) {
    await foundAtKindergartens(books.db, books.plan, countyId, at, openedOn)
    await foundAtKindergartens(books.db, books.plan, countyId, at + counties.length, today)
    await advanceFindings(books.db, books.plan, countyId, openedOn)
    await books.db.transaction({ counties: [countyId], asOf: today }, (tx) =>
      escalateOverdue(tx, countyId, today),
    )
  }
  return true
}

function dayBefore(day: string, days: number): string {
  const at = new Date(`${day}T00:00:00Z`)
  at.setUTCDate(at.getUTCDate() - days)
  return at.toISOString().slice(0, 10)
}
