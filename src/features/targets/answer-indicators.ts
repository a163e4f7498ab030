import type { Provenance } from '../../kernel/provenance.ts'
import type { Result } from '../../kernel/result.ts'
import { schoolYearOf } from '../../kernel/school-year.ts'
import { type Indicator, type Plan, quotedWords, sectionOf } from '../../plan/index.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { type Figure, figureValue, isIdle } from '../../records/indicators/figure.ts'
import { figureWords } from '../../records/indicators/judge-target.ts'
import { measureTree } from '../../records/indicators/measure-tree.ts'
import { currentFigure, isKnown, type Measurement } from '../../records/indicators/measure-years.ts'
import type { RolledUnit } from '../../records/indicators/roll-up.ts'
import {
  type IndicatorBoard,
  type IndicatorCell,
  type IndicatorFigureQuery,
  type IndicatorRow,
  type IndicatorUnits,
  type TreeName,
  treeWords,
  type UnitsQuery,
} from './indicator-contract.ts'
import { type Asking, measuring, rowsUnder } from './measuring.ts'
import { traceFigure } from './trace-figure.ts'

/** 答指标总表 — every indicator of the plan at every place in sight, each in its current year. */
export function answerIndicators(asking: Asking): Promise<Result<IndicatorBoard>> {
  const { plan } = asking.context
  const order = [...plan.items.keys()]
  const placeOf = (indicator: Indicator) => {
    const [first] = itemsOf(plan, indicator)
    return first?.item === undefined ? order.length : order.indexOf(first.item)
  }
  const all = [...plan.indicators.values()].toSorted((one, other) => placeOf(one) - placeOf(other))
  return measuring(asking, all, { only: 'current' }, async (measurement, { measure }) => {
    const dark = all.filter(
      (indicator) =>
        indicator.sql !== undefined &&
        indicator.speaksOf !== 'as-of-day' &&
        measurement.places.some(({ unitId }) => !isKnown(measurement, indicator, unitId)),
    )
    const earlier = await measure(dark, { from: schoolYearOf(measurement.asOf) - yearsBack })
    return {
      asOf: measurement.asOf,
      places: [...measurement.places],
      indicators: all.map((indicator) => rowOf(plan, measurement, earlier, indicator)),
    }
  })
}

/** So many years back a figure is still told, with its year, where the current one is missing. */
const yearsBack = 4

function rowOf(
  plan: Plan,
  measurement: Measurement,
  earlier: Measurement,
  indicator: Indicator,
): IndicatorRow {
  const { id, zh, definition, unit, direction, detailSql, per } = indicator
  return {
    indicatorId: id,
    zh,
    definition,
    unit,
    direction,
    items: itemsOf(plan, indicator).flatMap(({ item }) => item ?? []),
    rolls: detailSql !== undefined && per !== 'county',
    cells: measurement.places.map(({ unitId }) => {
      const figure = currentFigure(measurement, indicator, unitId)
      const known = isKnown(measurement, indicator, unitId)
      return {
        unitId,
        words: figure ? wordsOf(figure, direction) : '缺数据',
        value: figure ? figureValue(figure) : null,
        year: figure?.year ?? null,
        known,
        last: known ? null : lastKnown(earlier, indicator, unitId),
      }
    }),
  }
}

/** 最近一次的数 — of the last year of which the books know it. */
function lastKnown({ figures }: Measurement, indicator: Indicator, unitId: number): IndicatorCell['last'] {
  const [reading] = indicator.countedReadings ?? [undefined]
  const last = (figures.get(indicator.id) ?? [])
    .filter(
      (figure) => figure.unitId === unitId && figure.reading === reading && figureValue(figure) !== null,
    )
    .toSorted((one, other) => other.year - one.year)[0]
  return last ? { words: wordsOf(last, indicator.direction), year: last.year } : null
}

/** 答分级汇总 — an indicator along a tree within a place; undefined when the place is not there for this visitor. */
export function answerUnits(
  asking: Asking,
  indicator: Indicator,
  { unit, tree }: UnitsQuery,
): Promise<Result<IndicatorUnits | undefined>> {
  return measuring(asking, [indicator], { only: 'current' }, async (measurement, { tx }) => {
    const place = measurement.places.find(({ unitId }) => unitId === unit)
    const figure = place && currentFigure(measurement, indicator, unit)
    if (!place || !figure) return undefined
    const rolled = await rolledWithin(asking, tx, measurement, { indicator, figure, tree })
    return {
      asOf: measurement.asOf,
      day: figure.day,
      year: figure.year,
      indicatorId: indicator.id,
      zh: indicator.zh,
      unit: indicator.unit,
      rate: indicator.denominator !== undefined,
      tree,
      treeZh: treeWords[tree],
      place: place.name,
      total: wordsOf(figure, indicator.direction),
      units: rolled.map((each) => shown(each, tree, indicator.direction)),
    }
  })
}

/** 答指标来历 — what lies under the current figure of a place, or of a unit of a tree within it. */
export function answerIndicatorProvenance(
  asking: Asking,
  indicator: Indicator,
  { unit, tree, under }: IndicatorFigureQuery,
): Promise<Result<Provenance | undefined>> {
  const { plan } = asking.context
  return measuring(asking, [indicator], { only: 'current' }, async (measurement, { tx, knownAt }) => {
    const place = measurement.places.find(({ unitId }) => unitId === unit)
    const figure = place && currentFigure(measurement, indicator, unit)
    if (!place || !figure) return undefined
    const basis = itemsOf(plan, indicator)
    if (!tree || under === undefined)
      return traceFigure(plan, indicator, {
        place: place.name,
        figure,
        ...(await rowsUnder(asking, measurement, tx, { indicator, figure })),
        basis,
        knownAt,
      })
    const rolled = await rolledWithin(asking, tx, measurement, { indicator, figure, tree })
    const found = rolled.find(({ unitId }) => unitId === under)
    if (!found) return undefined
    return traceFigure(plan, indicator, {
      place: found.name,
      figure: found.figure,
      ...(await rowsUnder(asking, measurement, tx, { indicator, figure, institutions: found.institutions })),
      basis,
      knownAt,
    })
  })
}

/** The counties' figures of the place's own year, rolled up; of the units those in the place. */
async function rolledWithin(
  { context: { plan, site } }: Asking,
  tx: Tx,
  measurement: Measurement,
  { indicator, figure, tree }: { indicator: Indicator; figure: Figure; tree: TreeName },
): Promise<RolledUnit[]> {
  // All counties in sight are rolled up: a group may have schools in several.
  const [first, ...others] = (measurement.figures.get(indicator.id) ?? []).filter(
    (each) => each.unitId !== site.cityId && each.year === figure.year && each.reading === figure.reading,
  )
  if (!first || !indicator.detailSql || indicator.per || figure.refused !== undefined) return []
  const counties: [Figure, ...Figure[]] = [first, ...others]
  const told = counties.filter(({ unitId }) => figure.unitId === site.cityId || unitId === figure.unitId)
  const outsideOf = new Set(told.map(({ unitId }) => unitId))
  const rolled = await measureTree(tx, plan, {
    indicator,
    tree,
    counties,
    outsideOf,
    asOf: measurement.asOf,
  })
  const inPlace = rolled.filter(({ countyId }) => countyId === null || outsideOf.has(countyId))
  // Where nobody has registered a unit of the tree, everybody stands outside it: that is no answer.
  return inPlace.some(({ unitId }) => unitId !== null) ? inPlace : []
}

/** Missing that are listed of a unit; the rest are counted. */
const missingListed = 5

function shown(
  { unitId, parentId, name, figure, institutions }: RolledUnit,
  tree: TreeName,
  direction: Indicator['direction'],
) {
  return {
    unitId,
    parentId,
    name: unitId === null ? `不在任何${treeWords[tree]}内` : name,
    numerator: figure.numerator,
    denominator: figure.denominator ?? null,
    value: figureValue(figure),
    words: nobodyCounts(figure, institutions.length) ?? wordsOf(figure, direction),
    institutions: institutions.length,
    missing: figure.missing
      .slice(0, missingListed)
      .map(({ of, where, owedBy = null }) => ({ of, where, owedBy })),
    missingCount: figure.missing.length,
  }
}

/** 不涉及 — no institution there has a part in it, or none has one below the line. */
function nobodyCounts(figure: Figure, institutions: number): string | undefined {
  if (!isIdle(figure)) return undefined
  return institutions === 0 ? '不涉及' : '分母为 0'
}

/** Steps are counted, not turned into a share. */
function wordsOf(figure: Figure, direction: Indicator['direction']): string {
  if (figure.refused !== undefined) return '不能算'
  return direction === 'steps' && figureValue(figure) !== null
    ? `${figure.numerator}/${figure.denominator}`
    : figureWords(figure)
}

/** The targets it measures and the items it serves, with their words. */
function itemsOf(plan: Plan, { id, serves = [] }: Indicator): Provenance['basis'] {
  const targets = plan.targets.filter(({ indicator }) => indicator === id).map((target) => target.id)
  return [...new Set([...targets, ...serves])].flatMap((item) => {
    const found = plan.items.get(item)
    const section = sectionOf(plan, item)
    return found && section ? [{ paper: section.paper, item, quote: quotedWords(found), zh: section.zh }] : []
  })
}
