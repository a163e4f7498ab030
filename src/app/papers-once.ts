import { issuePast } from '../features/reports/index.ts'
import { type Role, roles } from '../kernel/role.ts'
import type { Visitor } from '../platform/access/visitor.ts'
import type { Report } from '../platform/jobs/jobs.ts'
import { type Books, bookDay } from '../records/books.ts'
import { listFindings } from '../records/findings/list-findings.ts'
import { listCopies, signForCopy } from '../records/papers/paper-copy.ts'
import { listPapers } from '../records/papers/read-papers.ts'

interface Town {
  readonly counties: readonly number[]
  readonly cityId: number
  /** A finding that was handed over, of which a notice goes out. */
  readonly findingId: number | undefined
}

type Past = Parameters<typeof issuePast>[2]

/**
 * 首批公文 — a demonstration city opens with the papers of its past months: drawn from the books as of then, approved by a
 * second person, numbered, sent out and signed for by most counties; the last month's report waits for approval. Later
 * starts find them there.
 */
export async function papersOnce(books: Books, report: Report): Promise<void> {
  const today = bookDay(books.site)
  const { cityId } = books.site
  const { rows } = await books.db.pool.query<{ id: number }>(
    'select county_id as id from registry.county order by county_id',
  )
  const everywhere = rows.map(({ id }) => id)
  const scope = { counties: everywhere, asOf: today }
  const { written, findingId } = await books.db.transaction(scope, async (tx) => ({
    written: await listPapers(tx),
    findingId: (await listFindings(tx, { phases: ['signed', 'assigned'] }, { limit: 1 }))[0]?.findingId,
  }))
  if (written.length > 0) return
  report(0, 1, '拟出往月公文（合成数据）')
  const person = (account: string, role: Role): Visitor => ({
    ...{ account, name: roles[role].zh, role, counties: everywhere },
  })
  const hands = {
    drafter: person('city', 'city-planning-finance'),
    approver: person('city-basic-education', 'city-basic-education'),
  }
  const town = { cityId, counties: everywhere.filter((id) => id !== cityId), findingId }
  for (const paper of pastPapers(town, today)) await issuePast(books, hands, paper)
  for (const [at, countyId] of town.counties.entries()) if (at % notYet > 0) await signAll(books, countyId)
}

/** One county of four has signed for nothing. */
const notYet = 4

/** The reports of two months and a circular after them, a notice to the public, one to a unit, a page for a county. */
function pastPapers({ cityId, counties, findingId }: Town, today: string): Past[] {
  const [month, before, earlier] = [1, 2, 3].map((back) => monthEnd(today, back)) as [string, string, string]
  const city = { aboutId: cityId, until: 'issued' as const }
  return [
    { ...city, template: 'monthly-report', asOf: earlier, on: dayAfter(earlier, 5) },
    { ...city, template: 'public-notice', asOf: earlier, on: dayAfter(earlier, 12) },
    { ...city, template: 'monthly-report', asOf: before, on: dayAfter(before, 5) },
    { ...city, template: 'supervision-circular', asOf: before, on: dayAfter(before, 8) },
    { ...city, template: 'county-one-page', aboutId: counties[0]!, asOf: before, on: dayAfter(before, 15) },
    ...(findingId === undefined
      ? []
      : [
          {
            ...city,
            template: 'rectification-notice',
            aboutId: findingId,
            asOf: dayAfter(before, 20),
            on: dayAfter(before, 20),
          },
        ]),
    { aboutId: cityId, template: 'monthly-report', asOf: month, on: today, until: 'submitted' },
  ]
}

async function signAll(books: Books, countyId: number): Promise<void> {
  const actor = `county-${countyId}`
  await books.db.transaction({ counties: [countyId], actor }, async (tx) => {
    const { rows } = await books.db.pool.query<{ name: string }>(
      'select name from access.account where account = $1',
      [actor],
    )
    for (const copy of await listCopies(tx)) {
      const at = `${dayAfter(copy.issuedOn, 1)}T09:20:00+08:00`
      await signForCopy(tx, copy, { account: actor, name: rows[0]?.name ?? actor, at })
    }
  })
}

/** The last day of the month so many months before a day. */
function monthEnd(day: string, back: number): string {
  const at = new Date(`${day.slice(0, 7)}-01T00:00:00Z`)
  at.setUTCMonth(at.getUTCMonth() - back + 1, 0)
  return at.toISOString().slice(0, 10)
}

function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}
