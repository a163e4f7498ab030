import { schoolYearOf } from '../../kernel/school-year.ts'
import type { Books } from '../books.ts'
import type { Published } from '../series/find-published.ts'
import { type KeepOrder, type KeptRequest, keepSeries, recomputeKept } from '../series/keep-series.ts'
import type { PublishedValue } from '../series/published-value.ts'
import { judgeCoverage } from './judge-coverage.ts'
import { coverageKind, keptCounts } from './kept-counts.ts'

/** 留存覆盖判断 — counts every duty of coverage at one moment of the books and keeps the counts; returns the publication's number. */
export function publishCoverage(books: Books, order: KeepOrder): Promise<number> {
  return keepSeries(books, { ...coverageKind(books.plan), title: '覆盖任务计数' }, order, countAnew)
}

/** 复算覆盖判断 — the counts of a publication once more, for `recomputeMatches`. */
export function recomputeCoverage(books: Books, published: Published): Promise<PublishedValue[]> {
  return recomputeKept(books, published, countAnew)
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
