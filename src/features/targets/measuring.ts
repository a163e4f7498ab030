import { isMissing } from '../../kernel/missing.ts'
import { granted, type Result } from '../../kernel/result.ts'
import { type Indicator, numberParameter } from '../../plan/index.ts'
import type { Visitor } from '../../platform/access/visitor.ts'
import type { Scope } from '../../platform/db/scope.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { Books } from '../../records/books.ts'
import type { Figure } from '../../records/indicators/figure.ts'
import { detailStatement } from '../../records/indicators/measure-indicator.ts'
import { type Measurement, measureYears, type Wanted } from '../../records/indicators/measure-years.ts'
import { readBooks, readMoment } from '../../records/indicators/read-books.ts'
import { type Listing, runDetail } from '../../records/indicators/run-indicator.ts'
import { boardRows, detailRow } from './trace-figure.ts'

/** 询问 — over which books, for whom and within which scope figures are asked for. */
export interface Asking {
  readonly context: Books
  readonly visitor: Visitor
  readonly scope: Scope
}

type Years = Pick<Wanted, 'from' | 'only'>

/** 同一次阅读 — its transaction and moment, and more figures measured in it: these indicators of other years. */
interface Reading {
  readonly tx: Tx
  readonly knownAt: string
  readonly measure: (indicators: readonly Indicator[], years: Years) => Promise<Measurement>
}

/** 量测后作答 — measures the indicators, those of their boards included, and answers in the same read-only transaction. */
export function measuring<T>(
  { context, visitor, scope }: Asking,
  wanted: readonly Indicator[],
  years: Years,
  answer: (measurement: Measurement, reading: Reading) => Promise<T>,
): Promise<Result<T>> {
  const { plan, site } = context
  const ids = new Set(
    wanted.flatMap(({ id, boards = [] }) => [id, ...boards.flatMap((each) => each.indicators)]),
  )
  const indicators = [...plan.indicators.values()].filter(({ id }) => ids.has(id))
  const city = { unitId: site.cityId, name: site.cityName }
  return readBooks(context.db, scope, async (tx) => {
    const { asOf, knownAt } = await readMoment(tx)
    const enough = numberParameter(plan, 'statistics.complete-from', { on: asOf, asOf })
    if (!isMissing(enough) && !enough.ok) return enough
    const measure: Reading['measure'] = (indicators, years) =>
      measureYears(tx, plan, {
        indicators,
        asOf,
        completeFrom: isMissing(enough) ? 1 : enough.value,
        ...years,
        ...(visitor.counties.includes(site.cityId) && { city }),
      })
    return granted(await answer(await measure(indicators, years), { tx, knownAt, measure }))
  })
}

/** Rows a provenance lists; the rest are counted. */
const rowsListed = 200

/** 数下的行 — what a figure was counted from, those that hold it back first; of some institutions alone where they are named. */
export async function rowsUnder(
  { context: { plan, site } }: Asking,
  measurement: Measurement,
  tx: Tx,
  {
    indicator,
    figure,
    institutions,
  }: { indicator: Indicator; figure: Figure } & Pick<Listing, 'institutions'>,
) {
  if (indicator.boards) {
    const rows = boardRows(plan, measurement, indicator, figure.unitId)
    return { rows, rowCount: rows.length }
  }
  const statement = detailStatement(plan, indicator, figure, measurement.asOf)
  if (!statement) return { rows: [], rowCount: 0 }
  const counties = measurement.places.map(({ unitId }) => unitId).filter((unitId) => unitId !== site.cityId)
  const units = figure.unitId === site.cityId ? counties : [figure.unitId]
  const rows = await runDetail(tx, statement, units, {
    limit: rowsListed,
    direction: indicator.direction,
    ...(institutions && { institutions }),
  })
  return { statement, rows: rows.map(detailRow), rowCount: rows[0]?.total ?? 0 }
}
