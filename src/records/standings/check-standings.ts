import type { Plan } from '../../plan/index.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { Books } from '../books.ts'
import { coverageKind } from '../duties/kept-counts.ts'
import { recomputeCoverage } from '../duties/publish-coverage.ts'
import { indicatorKind } from '../indicators/kept-figures.ts'
import { recomputeIndicators } from '../indicators/publish-indicators.ts'
import { lastPartPublished, type Published } from '../series/find-published.ts'
import type { PublishedValue } from '../series/published-value.ts'
import type { KeptKind } from '../series/read-kept.ts'
import { type Recomputed, recomputeMatches } from '../series/recompute-matches.ts'

/** 复核结果 — of what was last kept of each county for a day: the kind, and whether its part comes out of the books again. */
export interface StandingsChecked {
  readonly title: string
  readonly parts: readonly Recomputed[]
  /** The counties whose part was kept under a plan or an engine this program does not have: of them it cannot be told from here. */
  readonly otherPlan: readonly number[]
}

/**
 * 复核留存 — computes again, from the books and the plan as they were known then, what was last kept of each county for a
 * day, in whichever publications; nothing where nothing was kept.
 */
export async function checkStandings(
  books: Books,
  seen: readonly number[],
  asOf: string,
): Promise<StandingsChecked[]> {
  const checked = await books.db.transaction({ counties: seen, asOf }, async (tx) => [
    await checkKind(tx, books, asOf, indicatorKind, recomputeIndicators),
    await checkKind(tx, books, asOf, coverageKind, recomputeCoverage),
  ])
  return checked.filter((each) => each !== undefined)
}

async function checkKind(
  tx: Tx,
  books: Books,
  asOf: string,
  kindOf: (plan: Plan) => KeptKind,
  recompute: (books: Books, published: Published) => Promise<PublishedValue[]>,
): Promise<StandingsChecked | undefined> {
  const last = await lastPartPublished(tx, kindOf(books.plan).kind, asOf)
  if (!last[0]) return undefined
  const parts: Recomputed[] = []
  const otherPlan: number[] = []
  for (const [seriesId, kept] of Map.groupBy(last, (part) => part.seriesId)) {
    const counties = kept.map(({ countyId }) => countyId)
    const { planVersion, engineVersion } = kindOf(await books.planAt(kept[0]!.knownAt))
    if (kept[0]!.planVersion !== planVersion || kept[0]!.engineVersion !== engineVersion) {
      otherPlan.push(...counties)
      continue
    }
    const compared = await recomputeMatches(tx, seriesId, (published) => recompute(books, published))
    parts.push(...compared.filter(({ countyId }) => counties.includes(countyId)))
  }
  return { title: last[0].title, parts, otherPlan }
}
