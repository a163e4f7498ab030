import { schoolYearOf } from '../../kernel/school-year.ts'
import type { Books } from '../books.ts'
import type { KeepOrder, KeptRequest } from '../indicators/publish-indicators.ts'
import { holdBooksStill } from '../registry/begin-writing.ts'
import type { Published } from '../series/find-published.ts'
import { publishSeries } from '../series/publish-series.ts'
import type { PublishedValue } from '../series/published-value.ts'
import { judgeCoverage } from './judge-coverage.ts'
import { coverageKind, keptCounts } from './kept-counts.ts'

/** 留存覆盖判断 — counts every duty of coverage at one moment of the books and stores the counts with their provenance; returns the number. */
export async function publishCoverage(books: Books, order: KeepOrder): Promise<number> {
  const { by, ...request } = order
  const { db, plan } = books
  const scope = { counties: order.seen, asOf: order.asOf }
  const knownAt = await db.transaction(scope, (tx) => holdBooksStill(tx, order.seen))
  const values = await countAnew(books, request, knownAt)
  return db.transaction(scope, (tx) =>
    publishSeries(tx, {
      ...coverageKind(plan),
      title: '覆盖任务计数',
      asOf: order.asOf,
      knownAt,
      inputs: { plan: plan.version, ...request },
      request: { ...request },
      saidBy: by,
      values,
      uncounted: true,
    }),
  )
}

/** 复算 — the values of a publication from its stored request under the plan of its moment, for `recomputeMatches`. */
export async function recomputeCoverage(books: Books, published: Published): Promise<PublishedValue[]> {
  const plan = await books.planAt(published.knownAt)
  return countAnew({ ...books, plan }, published.request as unknown as KeptRequest, published.knownAt)
}

async function countAnew(
  { db, plan }: Books,
  { asOf, counties, seen }: KeptRequest,
  knownAt: string,
): Promise<PublishedValue[]> {
  const scope = { counties: seen, asOf, knownAt }
  const judged = await judgeCoverage(db, plan, { ...scope, countsOnly: true, anew: true })
  return judged
    .flatMap((judgement) => keptCounts(judgement, schoolYearOf(asOf)))
    .filter(({ countyId }) => counties.includes(countyId))
}
