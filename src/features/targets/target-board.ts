import type { Missing } from '../../kernel/missing.ts'
import { schoolYearOf } from '../../kernel/school-year.ts'
import type { Plan, Target } from '../../plan/index.ts'
import type { Standing } from '../../records/indicators/judge-target.ts'
import type { Place } from '../../records/indicators/list-places.ts'
import { currentFigure, type Measurement } from '../../records/indicators/measure-years.ts'
import { indicatorOf, standingOf } from '../../records/indicators/target-standing.ts'
import type { BoardTarget, Cell, Owed, TargetBoard } from './contract.ts'

/** 目标总表 — every target against every place, with what is owed and by whom. */
export function targetBoard(plan: Plan, measurement: Measurement): TargetBoard {
  return {
    asOf: measurement.asOf,
    endYear: Math.max(...plan.targets.map(({ path }) => path.endYear)),
    places: [...measurement.places],
    targets: plan.targets.map((target) => boardTarget(plan, measurement, target)),
    owed: plan.targets.flatMap((target) => owedFor(plan, measurement, target)),
    filing: lateFilings(measurement),
  }
}

function boardTarget(plan: Plan, measurement: Measurement, target: Target): BoardTarget {
  const indicator = indicatorOf(plan, target)
  return {
    targetId: target.id,
    zh: target.zh,
    quote: quoteOf(target),
    direction: indicator.direction,
    cells: measurement.places.map((place) => cellOf(plan, measurement, target, place)),
  }
}

function cellOf(plan: Plan, measurement: Measurement, target: Target, { unitId }: Place): Cell {
  const indicator = indicatorOf(plan, target)
  const [first, ...others] = (indicator.countedReadings ?? [undefined]).map((reading) =>
    standingOf(plan, measurement, target, unitId, reading),
  ) as [Standing, ...Standing[]]
  const other = others.find((standing) => standing.words !== first.words)
  return {
    unitId,
    ...first,
    ...(other && { sentence: `${first.sentence}；按另一读法：${other.sentence}` }),
    differs: other !== undefined,
    year: currentFigure(measurement, indicator, unitId)?.year ?? null,
  }
}

/** 所欠之数 — what a target's current figures lack, one entry for each kind of rows, with all places it is owed for. */
export function owedFor(plan: Plan, measurement: Measurement, target: Target): Owed[] {
  const indicator = indicatorOf(plan, target)
  const missing = measurement.places.flatMap(
    ({ unitId }) => currentFigure(measurement, indicator, unitId)?.missing ?? [],
  )
  const groups = Map.groupBy(missing, (each: Missing) => `${each.of}|${each.owedBy}|${each.since}`)
  return [...groups.values()].map((group) => ({
    targetId: target.id,
    of: group[0]!.of,
    owedBy: group[0]!.owedBy ?? '',
    since: group[0]!.since ?? null,
    where: [...new Set(group.map(({ where }) => where))],
  }))
}

function lateFilings({ places, filings, currentYears, asOf }: Measurement): TargetBoard['filing'] {
  const names = new Map(places.map(({ unitId, name }) => [unitId, name]))
  return filings
    .filter(
      ({ unitId, year, due, filed }) =>
        filed < due && year > (currentYears.get(unitId) ?? 0) && year <= schoolYearOf(asOf),
    )
    .map((filing) => ({ ...filing, name: names.get(filing.unitId) ?? '' }))
}

/** 原文 — the target's words in the paper. */
export function quoteOf(target: Target): string {
  return target.items.flatMap(({ quote }) => quote).join('……')
}
