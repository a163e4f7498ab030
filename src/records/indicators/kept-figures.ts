import type { Indicator, Plan } from '../../plan/index.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { PublishedValue } from '../series/published-value.ts'
import { type KeptKind, readKept } from '../series/read-kept.ts'
import type { Figure } from './figure.ts'
import type { Filing } from './list-places.ts'
import type { IndicatorRow } from './run-indicator.ts'

/** Rises whenever the same books and plan would give other figures. */
const engineVersion = 'indicators-2'

/** 指标留存类别 — under which kind, plan and engine measured indicators are kept. */
export function indicatorKind(plan: Plan): KeptKind {
  return { kind: 'indicators', planVersion: plan.version, engineVersion }
}

/** 留存的指标行 — what an indicator's statement answered for a place, a year and a reading, where it was kept. */
export type KeptRows = ReadonlyMap<string, IndicatorRow>

/** 留存的数 — the counties of which figures were kept that are still the books', their rows and their returns. */
export interface KeptFigures {
  readonly counties: ReadonlySet<number>
  readonly rows: KeptRows
  readonly filings: readonly Filing[]
}

/** Beside the indicators, of each year how many owe returns and how many have filed. */
const filingMeasure = 'returns-of-year'

/** 留存之名 — under which a row is found again. */
export function keptKey(
  indicatorId: string,
  { unitId, year, reading = '' }: Pick<Figure, 'unitId' | 'year' | 'reading'>,
): string {
  return `${indicatorId} ${reading} ${year} ${unitId}`
}

/** 取留存 — of these indicators, as far as they were kept and are still the books'. */
export async function readKeptFigures(
  tx: Tx,
  plan: Plan,
  indicators: readonly Indicator[],
): Promise<KeptFigures> {
  const measures = [filingMeasure, ...indicators.map(({ id }) => id)]
  const { counties, values } = await readKept(tx, indicatorKind(plan), measures)
  const ofReturns = values.filter(({ measure }) => measure === filingMeasure)
  const ofIndicators = values.filter(({ measure }) => measure !== filingMeasure)
  return { counties, rows: rowsOf(ofIndicators), filings: filingsOf(ofReturns) }
}

function rowsOf(values: readonly PublishedValue[]): KeptRows {
  const rows = new Map<string, { unit: number; numerator: number | null; denominator: number | null }>()
  for (const { unitId, measure, year, grade: reading, scenario: part, mean = null } of values) {
    const key = keptKey(measure, { unitId, year, reading })
    const row = rows.get(key) ?? { unit: unitId, numerator: null, denominator: null }
    if (part === 'numerator' || part === 'denominator') row[part] = mean
    rows.set(key, row)
  }
  return rows
}

function filingsOf(values: readonly PublishedValue[]): Filing[] {
  const byYear = Map.groupBy(values, ({ unitId, year }) => `${unitId} ${year}`)
  return [...byYear.values()].map((parts) => {
    const { unitId, year } = parts[0]!
    const part = (name: string) => parts.find(({ scenario }) => scenario === name)?.mean ?? 0
    return { unitId, year, due: part('due'), filed: part('filed') }
  })
}

/** 填报情况的留存 — of one county and year. */
export function keptFiling({ unitId, year, ...counts }: Filing): PublishedValue[] {
  const place = { countyId: unitId, unitId, measure: filingMeasure, stage: '', grade: '', year }
  return Object.entries(counts).map(([scenario, mean]) => ({ ...place, scenario, mean }))
}

/**
 * 指标值的留存 — a figure as the series keeps it: by reading in `grade`, its parts by `scenario`; a part the books do not
 * know is kept as missing, by name. What a parameter refuses was not measured, and is not kept.
 */
export function keptParts(
  { id, zh }: Indicator,
  name: string,
  figure: Figure,
  value: number | null,
): PublishedValue[] {
  const { unitId, year, reading, numerator, denominator, missing, refused } = figure
  if (refused !== undefined) return []
  const place = { countyId: unitId, unitId, measure: id, stage: '', grade: reading ?? '', year }
  return Object.entries({ numerator, denominator, value }).flatMap(([scenario, mean]): PublishedValue[] => {
    if (typeof mean === 'number') return [{ ...place, scenario, mean }]
    // A rate over nobody is no figure, and misses nothing.
    if (mean === undefined || (scenario === 'value' && missing.length === 0)) return []
    return [{ ...place, scenario, missing: missing[0] ?? { kind: 'missing', of: zh, where: name } }]
  })
}
