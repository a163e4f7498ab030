import type { Books } from '../books.ts'
import { coverageKind } from '../duties/kept-counts.ts'
import { recomputeCoverage } from '../duties/publish-coverage.ts'
import { indicatorKind } from '../indicators/kept-figures.ts'
import { recomputeIndicators } from '../indicators/publish-indicators.ts'
import { latestPublished } from '../series/find-published.ts'
import { type Recomputed, recomputeMatches } from '../series/recompute-matches.ts'

/** 复核结果 — of what was last kept for a day: the kind, and whether each county's part comes out of the books again. */
export interface StandingsChecked {
  readonly title: string
  readonly parts: readonly Recomputed[]
  /** Said under another plan than the one in force: it cannot be told from here. */
  readonly otherPlan: boolean
}

/** 复核留存 — computes again, from the books as they were known then, what was last kept for a day; nothing where nothing was kept. */
export async function checkStandings(
  books: Books,
  seen: readonly number[],
  asOf: string,
): Promise<StandingsChecked[]> {
  const { db, plan } = books
  const checked: StandingsChecked[] = []
  for (const [{ kind, planVersion }, recompute] of [
    [indicatorKind(plan), recomputeIndicators],
    [coverageKind(plan), recomputeCoverage],
  ] as const)
    await db.transaction({ counties: seen, asOf }, async (tx) => {
      const [last] = await latestPublished(tx, kind, asOf)
      if (!last) return
      const otherPlan = last.planVersion !== planVersion
      const parts = otherPlan
        ? []
        : await recomputeMatches(tx, last.seriesId, (published) => recompute(books, published))
      checked.push({ title: last.title, parts, otherPlan })
    })
  return checked
}
