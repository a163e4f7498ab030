import { isMissing } from '../../kernel/missing.ts'
import type { Provenance } from '../../kernel/provenance.ts'
import { granted, type Result } from '../../kernel/result.ts'
import { numberParameter, type Target } from '../../plan/index.ts'
import type { Visitor } from '../../platform/access/visitor.ts'
import type { Scope } from '../../platform/db/scope.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { Books } from '../../records/books.ts'
import type { Figure } from '../../records/indicators/figure.ts'
import type { Place } from '../../records/indicators/list-places.ts'
import { detailStatement } from '../../records/indicators/measure-indicator.ts'
import { type Measurement, measureYears, type Wanted } from '../../records/indicators/measure-years.ts'
import { readBooks, readMoment } from '../../records/indicators/read-books.ts'
import { runDetail } from '../../records/indicators/run-indicator.ts'
import { indicatorOf } from '../../records/indicators/target-standing.ts'
import type { FigureQuery, TargetBoard, TargetDetail } from './contract.ts'
import { targetBoard } from './target-board.ts'
import { targetDetail } from './target-detail.ts'
import { boardRows, detailRow, rowsListed, traceFigure } from './trace-figure.ts'

/** 询问 — over which books, for whom and within which scope targets are asked for. */
export interface Asking {
  readonly context: Books
  readonly visitor: Visitor
  readonly scope: Scope
}

/** 答总表 — all targets against all places in view. */
export function answerBoard(asking: Asking): Promise<Result<TargetBoard>> {
  const { plan } = asking.context
  const from = Math.min(...plan.targets.map(({ path }) => path.baselineYear))
  return measuring(asking, plan.targets, { from }, async (measurement) => targetBoard(plan, measurement))
}

/** 答明细 — targets with every year the books hold. */
export function answerDetails(
  asking: Asking,
  targets: readonly Target[],
): Promise<Result<readonly TargetDetail[]>> {
  const { plan } = asking.context
  return measuring(asking, targets, {}, async (measurement) =>
    targets.map((target) => targetDetail(plan, measurement, target)),
  )
}

/** 答来历 — what lies under one figure; undefined when the place or the year is not there for this visitor. */
export function answerProvenance(
  asking: Asking,
  target: Target,
  { unit, year, reading }: FigureQuery,
): Promise<Result<Provenance | undefined>> {
  const { plan } = asking.context
  return measuring(asking, [target], { from: year }, async (measurement, tx, knownAt) => {
    const indicator = indicatorOf(plan, target)
    const place = measurement.places.find(({ unitId }) => unitId === unit)
    const figure = measurement.figures
      .get(indicator.id)
      ?.find(
        (each) =>
          each.unitId === unit && each.year === year && (reading === undefined || each.reading === reading),
      )
    if (!place || !figure) return undefined
    const listed = await rowsUnder(asking, measurement, tx, target, figure)
    return traceFigure(plan, target, {
      place: place.name,
      figure,
      ...listed,
      asOf: measurement.asOf,
      knownAt,
    })
  })
}

async function rowsUnder(
  { context: { plan, site } }: Asking,
  measurement: Measurement,
  tx: Tx,
  target: Target,
  figure: Figure,
) {
  const indicator = indicatorOf(plan, target)
  if (indicator.boards) {
    const rows = boardRows(plan, measurement, indicator, figure.unitId)
    return { rows, rowCount: rows.length }
  }
  const statement = detailStatement(plan, indicator, figure, measurement.asOf)
  if (!statement) return { rows: [], rowCount: 0 }
  const counties = measurement.places.map(({ unitId }) => unitId).filter((unitId) => unitId !== site.cityId)
  const units = figure.unitId === site.cityId ? counties : [figure.unitId]
  const rows = await runDetail(tx, statement, units, rowsListed)
  return { statement, rows: rows.map(detailRow), rowCount: rows[0]?.total ?? 0 }
}

/** Measures what the targets need, boards' indicators included, in one read-only transaction. */
function measuring<T>(
  { context, visitor, scope }: Asking,
  targets: readonly Target[],
  years: Pick<Wanted, 'from'>,
  answer: (measurement: Measurement, tx: Tx, knownAt: string) => Promise<T>,
): Promise<Result<T>> {
  const { plan, site } = context
  const own = targets.map((target) => indicatorOf(plan, target))
  const ids = new Set(
    own.flatMap(({ id, boards = [] }) => [id, ...boards.flatMap((each) => each.indicators)]),
  )
  const indicators = [...plan.indicators.values()].filter(({ id }) => ids.has(id))
  const city: Place = { unitId: site.cityId, name: site.cityName }
  return readBooks(context.db, scope, async (tx) => {
    const { asOf, knownAt } = await readMoment(tx)
    const enough = numberParameter(plan, 'statistics.complete-from', { on: asOf, asOf })
    if (!isMissing(enough) && !enough.ok) return enough
    const measurement = await measureYears(tx, plan, {
      indicators,
      asOf,
      completeFrom: isMissing(enough) ? 1 : enough.value,
      ...years,
      ...(visitor.counties.includes(site.cityId) && { city }),
    })
    return granted(await answer(measurement, tx, knownAt))
  })
}
