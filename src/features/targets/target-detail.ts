import type { Plan, Target } from '../../plan/index.ts'
import { type Figure, figureValue } from '../../records/indicators/figure.ts'
import { expectedAt, figureWords, range } from '../../records/indicators/judge-target.ts'
import type { Place } from '../../records/indicators/list-places.ts'
import { currentFigure, type Measurement } from '../../records/indicators/measure-years.ts'
import { indicatorOf, pathOf, standingOf } from '../../records/indicators/target-standing.ts'
import type { Point, TargetDetail, TargetPlace, TargetReading } from './contract.ts'
import { owedFor, quoteOf } from './target-board.ts'
import { linesOf } from './target-lines.ts'

/** 一项目标 — its words, its lines, how it may be read, and every place's years against its path. */
export function targetDetail(plan: Plan, measurement: Measurement, target: Target): TargetDetail {
  const { id, zh, definition, numerator, denominator, unit, direction, evidence, sources } = indicatorOf(
    plan,
    target,
  )
  const { lines, refused } = linesOf(plan, target, measurement.asOf)
  const { kind, baselineYear, endYear, assumption } = target.path
  return {
    asOf: measurement.asOf,
    targetId: target.id,
    zh: target.zh,
    quote: quoteOf(target),
    paper: plan.papers.get(target.paper)?.docNumber ?? target.paper,
    indicator: { id, zh, definition, numerator, denominator, unit, direction, evidence, sources },
    pathKind: kind,
    baselineYear,
    endYear,
    assumption: assumption ?? null,
    notYet: target.items[0]?.notYet ?? null,
    lines: [...lines],
    lineRefused: refused ?? null,
    readings: readingsOf(plan, target),
    places: measurement.places.map((place) => placeOf(plan, measurement, target, place)),
    owed: owedFor(plan, measurement, target),
  }
}

/** The paper's readings and the indicator's own; the same words under the same id count once. */
function readingsOf(plan: Plan, target: Target): TargetReading[] {
  const indicator = indicatorOf(plan, target)
  const all = [...target.items.flatMap(({ readings }) => readings ?? []), ...(indicator.readings ?? [])]
  return [...new Map(all.map((reading) => [`${reading.of}/${reading.id}`, reading])).values()].map(
    (reading) => ({
      ...reading,
      counted: !isDataReading(plan, target, reading.id) || !!indicator.countedReadings?.includes(reading.id),
    }),
  )
}

/** Readings of the indicator decide what is counted; the others only how the result is judged. */
function isDataReading(plan: Plan, target: Target, id: string): boolean {
  return !!indicatorOf(plan, target).readings?.some((reading) => reading.id === id)
}

function placeOf(plan: Plan, measurement: Measurement, target: Target, { unitId, name }: Place): TargetPlace {
  const indicator = indicatorOf(plan, target)
  const readings = indicator.countedReadings ?? [undefined]
  // Years in which a parameter did not yet hold have nothing to tell; why the current one cannot be computed is told.
  const current = currentFigure(measurement, indicator, unitId)?.year ?? null
  const own = (measurement.figures.get(indicator.id) ?? []).filter(
    (figure) => figure.unitId === unitId && (!figure.refused || figure.year === current),
  )
  const series = readings.map((reading) => own.filter((figure) => figure.reading === reading))
  const path = pathOf(plan, target, measurement.asOf)
  const baseline = series[0]?.find(({ year }) => year === path.baselineYear)
  const value = baseline ? figureValue(baseline) : null
  return {
    unitId,
    name,
    ...standingOf(plan, measurement, target, unitId, readings[0]),
    currentYear: current,
    series: series.map((figures, at) => ({ reading: readings[at] ?? null, points: figures.map(pointOf) })),
    path: range(path.baselineYear, path.endYear).map((year) => ({
      year,
      value: expectedAt(path, value, year),
    })),
  }
}

function pointOf(figure: Figure): Point {
  const { year, numerator, denominator, refused } = figure
  return {
    year,
    numerator,
    ...(denominator !== undefined && { denominator }),
    value: figureValue(figure),
    words: figureWords(figure),
    ...(refused !== undefined && { refused }),
  }
}
