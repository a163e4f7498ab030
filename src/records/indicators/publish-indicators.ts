import type { Books } from '../books.ts'
import { holdBooksStill } from '../registry/begin-writing.ts'
import type { Published } from '../series/find-published.ts'
import { publishSeries } from '../series/publish-series.ts'
import type { PublishedValue } from '../series/published-value.ts'
import { type IndicatorsAsked, type IndicatorValue, indicatorValues } from './measure-indicators.ts'
import { readBooks } from './read-books.ts'

/** 序列类别 — under which kind measured indicators are kept. */
export const indicatorKind = 'indicators'

/** Rises whenever the same books and plan would give other figures. */
const engineVersion = 'indicators-1'

/** 留存要求 — which indicators of which counties are kept as of a day, and by whom. */
export interface KeepIndicators {
  readonly asOf: string
  /** The city's own id among them keeps the totals too. */
  readonly counties: readonly number[]
  readonly indicators?: readonly string[]
  readonly by: string
}

/** A stored request suffices, with the books, to measure again. */
type KeptRequest = Pick<KeepIndicators, 'asOf' | 'counties' | 'indicators'>

/**
 * 留存指标 — measures indicators from books held still and stores every value with its provenance; returns the number.
 *
 * Numerator, denominator and value are kept side by side; a part the books do not know is kept as missing, by name.
 */
export async function publishIndicators(books: Books, order: KeepIndicators): Promise<number> {
  const { by, ...request } = order
  const { knownAt, values } = await measureStill(books, request)
  return books.db.transaction({ counties: order.counties, asOf: order.asOf }, (tx) =>
    publishSeries(tx, {
      kind: indicatorKind,
      title: '指标数值',
      planVersion: books.plan.version,
      engineVersion,
      asOf: order.asOf,
      knownAt,
      inputs: values.map(({ indicatorId, unitId, origin }) => [indicatorId, unitId, origin.definitionHash]),
      request: { ...request },
      saidBy: by,
      values: values.flatMap(keptParts),
    }),
  )
}

/** 复算 — the values of a publication from its stored request, for `recomputeMatches`. */
export async function recomputeIndicators(books: Books, published: Published): Promise<PublishedValue[]> {
  const request = published.request as unknown as KeptRequest
  const { values } = await measureStill(books, request, published.knownAt)
  return values.flatMap(keptParts)
}

function measureStill(
  { db, plan, site }: Books,
  { asOf, counties, indicators }: KeptRequest,
  knownAt?: string,
): Promise<{ knownAt: string; values: IndicatorValue[] }> {
  const asked: Omit<IndicatorsAsked, 'scope'> = { ...(indicators && { indicators }) }
  const city = counties.includes(site.cityId) && { unitId: site.cityId, name: site.cityName }
  return readBooks(db, { counties, asOf, ...(knownAt && { knownAt }) }, async (tx) => {
    const moment = knownAt ?? (await holdBooksStill(tx, counties))
    const values = await indicatorValues(tx, plan, { ...asked, ...(city && { city }) })
    return { knownAt: moment, values }
  })
}

/** A figure as the series keeps it: by reading in `grade`, its parts by `scenario`. */
function keptParts({ indicatorId, unitId, year, reading, ...figure }: IndicatorValue): PublishedValue[] {
  const place = { countyId: unitId, unitId, measure: indicatorId, stage: '', grade: reading ?? '', year }
  const { numerator, denominator, value, missing } = figure
  return Object.entries({ numerator, denominator, value }).flatMap(([scenario, mean]): PublishedValue[] => {
    if (typeof mean === 'number') return [{ ...place, scenario, mean }]
    return mean === null && missing[0] ? [{ ...place, scenario, missing: missing[0] }] : []
  })
}
