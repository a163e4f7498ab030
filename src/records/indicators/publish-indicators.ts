import type { Plan } from '../../plan/index.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { Books } from '../books.ts'
import type { Published } from '../series/find-published.ts'
import { type KeepOrder, type KeptRequest, keepSeries, recomputeKept } from '../series/keep-series.ts'
import type { PublishedValue } from '../series/published-value.ts'
import { type Figure, figureValue } from './figure.ts'
import { indicatorKind, keptFiling, keptKey, keptParts } from './kept-figures.ts'
import type { Place } from './list-places.ts'
import { completeFrom } from './measure-indicators.ts'
import { measureYears } from './measure-years.ts'
import { readBooks } from './read-books.ts'
import { indicatorOf } from './target-standing.ts'

/**
 * 留存指标 — measures all indicators from books held still and stores every value with its provenance; returns the number.
 *
 * Each indicator of its current year, those of targets of every year since the first baseline. Numerator, denominator and
 * value are kept side by side; a part the books do not know is kept as missing, by name. The city's totals come with
 * whichever counties are kept.
 */
export function publishIndicators(books: Books, order: KeepOrder): Promise<number> {
  return keepSeries(books, { ...indicatorKind(books.plan), title: '指标数值' }, order, measureAnew)
}

/** 复算指标 — the values of a publication once more, for `recomputeMatches`. */
export function recomputeIndicators(books: Books, published: Published): Promise<PublishedValue[]> {
  return recomputeKept(books, published, measureAnew)
}

async function measureAnew(
  { db, plan, site: { cityId, cityName } }: Books,
  { asOf, counties, seen }: KeptRequest,
  knownAt: string,
): Promise<PublishedValue[]> {
  const city = { unitId: cityId, name: cityName }
  const values = await readBooks(db, { counties: seen, asOf, knownAt }, (tx) =>
    measuredValues(tx, plan, asOf, city),
  )
  return values.filter(({ countyId }) => countyId === cityId || counties.includes(countyId))
}

async function measuredValues(tx: Tx, plan: Plan, asOf: string, city: Place): Promise<PublishedValue[]> {
  const ground = { asOf, city, completeFrom: completeFrom(plan, asOf), anew: true } as const
  const wanted = [...plan.indicators.values()]
  const ofTargets = new Set(plan.targets.map((target) => indicatorOf(plan, target)))
  const now = await measureYears(tx, plan, { ...ground, indicators: wanted, only: 'current' })
  const since = await measureYears(tx, plan, {
    ...ground,
    indicators: wanted.filter((each) => ofTargets.has(each) && !each.boards),
    from: Math.min(...plan.targets.map(({ path }) => path.baselineYear)),
  })
  const names = new Map(now.places.map(({ unitId, name }) => [unitId, name]))
  const figures = wanted.flatMap((indicator) => {
    const all = [since, now].flatMap(({ figures }) => figures.get(indicator.id) ?? [])
    const once = new Map(all.map((figure): [string, Figure] => [keptKey(indicator.id, figure), figure]))
    return [...once.values()].flatMap((figure) =>
      keptParts(indicator, names.get(figure.unitId) ?? '', figure, figureValue(figure)),
    )
  })
  return [...figures, ...now.filings.flatMap(keptFiling)]
}
