import type { Provenance } from '../../kernel/provenance.ts'
import type { Result } from '../../kernel/result.ts'
import type { Target } from '../../plan/index.ts'
import { indicatorOf } from '../../records/indicators/target-standing.ts'
import type { FigureQuery, TargetBoard, TargetDetail } from './contract.ts'
import { type Asking, measuring, rowsUnder } from './measuring.ts'
import { quoteOf, targetBoard } from './target-board.ts'
import { targetDetail } from './target-detail.ts'
import { traceLine } from './target-lines.ts'
import { traceFigure } from './trace-figure.ts'

/** 答总表 — all targets against all places in view. */
export function answerBoard(asking: Asking): Promise<Result<TargetBoard>> {
  const { plan } = asking.context
  const from = Math.min(...plan.targets.map(({ path }) => path.baselineYear))
  return measuring(asking, indicatorsOf(asking, plan.targets), { from }, async (measurement) =>
    targetBoard(plan, measurement),
  )
}

/** 答明细 — targets with every year the books hold. */
export function answerDetails(
  asking: Asking,
  targets: readonly Target[],
): Promise<Result<readonly TargetDetail[]>> {
  const { plan } = asking.context
  return measuring(asking, indicatorsOf(asking, targets), {}, async (measurement) =>
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
  const indicator = indicatorOf(plan, target)
  return measuring(asking, [indicator], { from: year }, async (measurement, { tx, knownAt }) => {
    const place = measurement.places.find(({ unitId }) => unitId === unit)
    const figure = measurement.figures
      .get(indicator.id)
      ?.find(
        (each) =>
          each.unitId === unit && each.year === year && (reading === undefined || each.reading === reading),
      )
    if (!place || !figure) return undefined
    return traceFigure(plan, indicator, {
      place: place.name,
      figure,
      ...(await rowsUnder(asking, measurement, tx, { indicator, figure })),
      basis: [{ paper: target.paper, item: target.id, quote: quoteOf(target), zh: target.zh }],
      more: traceLine(plan, target, measurement.asOf),
      knownAt,
    })
  })
}

function indicatorsOf({ context: { plan } }: Asking, targets: readonly Target[]) {
  return targets.map((target) => indicatorOf(plan, target))
}
