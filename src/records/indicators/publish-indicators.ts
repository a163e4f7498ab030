import type { Plan } from '../../plan/index.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { Books } from '../books.ts'
import { holdBooksStill } from '../registry/begin-writing.ts'
import type { Published } from '../series/find-published.ts'
import { publishSeries } from '../series/publish-series.ts'
import type { PublishedValue } from '../series/published-value.ts'
import { type Figure, figureValue } from './figure.ts'
import { indicatorKind, keptFiling, keptKey, keptParts } from './kept-figures.ts'
import type { Place } from './list-places.ts'
import { completeFrom } from './measure-indicators.ts'
import { measureYears } from './measure-years.ts'
import { readBooks } from './read-books.ts'
import { indicatorOf } from './target-standing.ts'

/** 留存要求 — whose indicators are kept as of which day, and by whom. */
export interface KeepOrder {
  readonly asOf: string
  readonly counties: readonly number[]
  /** All counties, with the city's own id: what is counted looks at their books together, as boards of the city do. */
  readonly seen: readonly number[]
  readonly by: string
}

/** 留存请求 — what is stored and suffices, with the books, to compute again. */
export type KeptRequest = Pick<KeepOrder, 'asOf' | 'counties' | 'seen'>

/**
 * 留存指标 — measures all indicators from books held still and stores every value with its provenance; returns the number.
 *
 * Each indicator of its current year, those of targets of every year since the first baseline. Numerator, denominator and
 * value are kept side by side; a part the books do not know is kept as missing, by name. The city's totals come with
 * whichever counties are kept.
 */
export async function publishIndicators(books: Books, order: KeepOrder): Promise<number> {
  const { by, ...request } = order
  const { db, plan } = books
  const scope = { counties: order.seen, asOf: order.asOf }
  const knownAt = await db.transaction(scope, (tx) => holdBooksStill(tx, order.seen))
  const values = await measureAnew(books, request, knownAt)
  return db.transaction(scope, (tx) =>
    publishSeries(tx, {
      ...indicatorKind(plan),
      title: '指标数值',
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
export async function recomputeIndicators(books: Books, published: Published): Promise<PublishedValue[]> {
  const plan = await books.planAt(published.knownAt)
  return measureAnew({ ...books, plan }, published.request as unknown as KeptRequest, published.knownAt)
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
