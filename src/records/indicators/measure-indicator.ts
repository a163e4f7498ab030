import { type Missing, missing } from '../../kernel/missing.ts'
import { censusDay, type SchoolYear, schoolYearOf } from '../../kernel/school-year.ts'
import { bindPlanSql, type Indicator, type Plan } from '../../plan/index.ts'
import { withoutCounties } from '../../platform/db/some-counties.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { Figure } from './figure.ts'
import { type KeptRows, keptKey } from './kept-figures.ts'
import type { Place } from './list-places.ts'
import { type IndicatorRow, runIndicator } from './run-indicator.ts'

/** 量测范围 — whose figures, of which years, asked on which day. */
export interface Span {
  readonly places: readonly Place[]
  readonly years: readonly SchoolYear[]
  readonly asOf: string
  /** Rows kept before: only places without one are measured. */
  readonly kept?: KeptRows
}

/**
 * 量测指标 — an indicator of every county and year, by each reading the books can count.
 *
 * Institutions are counted as they stood on the statistical day of each year, in the county whose book
 * holds them on the as-of day: so a board read today follows today's counties, and the same board read
 * as of an earlier day gives what it gave then. An indicator without a statement is Missing throughout:
 * nobody has filed its rows in these books.
 */
export async function measureIndicator(
  tx: Tx,
  plan: Plan,
  indicator: Indicator,
  span: Span,
): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const year of span.years) {
    for (const reading of indicator.countedReadings ?? [undefined]) {
      figures.push(...(await measureYear(tx, plan, indicator, span, year, reading)))
    }
  }
  return figures
}

async function measureYear(
  tx: Tx,
  plan: Plan,
  indicator: Indicator,
  { places, asOf, kept }: Span,
  year: SchoolYear,
  reading: string | undefined,
): Promise<Figure[]> {
  const head = { year, day: dayOf(indicator, year, asOf), ...(reading !== undefined && { reading }) }
  if (!indicator.sql) return places.map((place) => figureFrom(indicator, place, head, undefined))
  const bound = bindPlanSql(plan, indicator.sql, { ...head, asOf })
  if ('refused' in bound)
    return places.map((place) => ({ ...figureFrom(indicator, place, head, undefined), ...bound }))
  const keptRow = ({ unitId }: Place) => kept?.get(keptKey(indicator.id, { unitId, ...head }))
  const open = places.filter((place) => !keptRow(place))
  const measured = open.length === 0 ? [] : await withoutKept(tx, places, open, () => runIndicator(tx, bound))
  const rows = new Map(measured.map((row) => [row.unit, row]))
  return places.map((place) => figureFrom(indicator, place, head, keptRow(place) ?? rows.get(place.unitId)))
}

/** Measures over the open places only; what lies beside the counties, such as the city's own books, stays in sight. */
function withoutKept<T>(
  tx: Tx,
  places: readonly Place[],
  open: readonly Place[],
  work: () => Promise<readonly T[]>,
): Promise<readonly T[]> {
  const kept = places.filter((place) => !open.includes(place)).map(({ unitId }) => unitId)
  return withoutCounties(tx, kept, work)
}

/** 所指之日 — the statistical day of the year, or for an indicator of any day the day it is asked on. */
export function dayOf(indicator: Indicator, year: SchoolYear, asOf: string): string {
  return indicator.speaksOf === 'as-of-day' && year === schoolYearOf(asOf) ? asOf : censusDay(year)
}

/** 明细语句 — the statement that lists the rows under a figure, when its indicator has one. */
export function detailStatement(plan: Plan, indicator: Indicator, figure: Figure, asOf: string) {
  if (!indicator.detailSql) return undefined
  const bound = bindPlanSql(plan, indicator.detailSql, {
    year: figure.year,
    day: dayOf(indicator, figure.year, asOf),
    asOf,
    ...(figure.reading !== undefined && { reading: figure.reading }),
  })
  return 'text' in bound ? bound : undefined
}

function figureFrom(
  indicator: Indicator,
  place: Place,
  head: Pick<Figure, 'year' | 'day' | 'reading'>,
  row: IndicatorRow | undefined,
): Figure {
  const numerator = row?.numerator ?? null
  const counted = indicator.denominator !== undefined
  const denominator = row?.denominator ?? null
  const unknown = [
    ...(numerator === null ? ['numerator'] : []),
    ...(counted && denominator === null ? ['denominator'] : []),
  ]
  return {
    unitId: place.unitId,
    ...head,
    numerator,
    ...(counted && { denominator }),
    missing: missingOf(indicator, place, head.year, unknown),
  }
}

/** 所缺之数 — for each unknown part, the rows that are not in the books and who owes them. */
function missingOf(
  { sources }: Indicator,
  place: Place,
  year: SchoolYear,
  unknown: readonly string[],
): Missing[] {
  if (unknown.length === 0) return []
  return sources
    .filter(({ feeds }) => feeds === undefined || unknown.includes(feeds))
    .map(({ book, rows, owedBy }) => missing(`${book}：${rows}`, place.name, { since: `${year} 年`, owedBy }))
}
