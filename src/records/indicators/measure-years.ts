import { censusDay, type SchoolYear, schoolYearOf } from '../../kernel/school-year.ts'
import type { Indicator, Plan } from '../../plan/index.ts'
import { withoutCounties } from '../../platform/db/some-counties.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { periodsBegun } from '../returns/return-period.ts'
import { type Figure, figureValue, isIdle, sumFigures } from './figure.ts'
import { type KeptFigures, readKeptFigures } from './kept-figures.ts'
import { type Filing, listFilings, listPlaces, type Place } from './list-places.ts'
import { measureIndicator } from './measure-indicator.ts'

/** 量测结果 — figures of indicators by place and year, and which year is the current one of each place. */
export interface Measurement {
  readonly asOf: string
  /** The city first when the whole city is in view, then its counties. */
  readonly places: readonly Place[]
  readonly filings: readonly Filing[]
  /** Indicator id → figures of every place, year and counted reading. */
  readonly figures: ReadonlyMap<string, readonly Figure[]>
  /** Whose current year is which: the last school year whose returns are complete. */
  readonly currentYears: ReadonlyMap<number, SchoolYear>
  /** Of an indicator counted from yearly filings its own year. */
  readonly filedYears: ReadonlyMap<string, FiledYear>
}

/** 填报年 — the last school year whose day for handing in has passed; a form may have been filled before anybody owed it. */
interface FiledYear {
  readonly year: SchoolYear
  readonly owed: boolean
}

/** 量测要求 — which indicators, from which school year on (absent: from the first the books hold), for which city. */
export interface Wanted {
  readonly indicators: readonly Indicator[]
  readonly from?: SchoolYear
  /** The years each place is told of now, or one year for all: no history is measured. */
  readonly only?: 'current' | SchoolYear
  readonly asOf: string
  /** The share of returns from which a year counts as complete (`statistics.complete-from`). */
  readonly completeFrom: number
  /** The city, when its whole territory is in view. */
  readonly city?: Place
  /** From the books alone, as if nothing had been kept. */
  readonly anew?: true
}

/**
 * 量测各指标 — one statement for each indicator, year and reading, over the counties of which no figure was kept that is
 * still the books'; the city is summed here, boards are made last.
 */
export async function measureYears(tx: Tx, plan: Plan, wanted: Wanted): Promise<Measurement> {
  const counties = await listPlaces(tx)
  const measuredOnes = wanted.indicators.filter(({ boards }) => !boards)
  const kept = wanted.anew ? undefined : await readKeptFigures(tx, plan, measuredOnes)
  const filings = await allFilings(tx, counties, kept)
  const currentYears = currentYearsOf(filings, counties, wanted)
  const filedYears = filedYearsOf(plan, wanted)
  const years = yearsOf(
    filings,
    [...currentYears.values(), ...[...filedYears.values()].map(({ year }) => year)],
    wanted,
  )
  const figures = new Map<string, Figure[]>()
  for (const indicator of measuredOnes) {
    const measured = await measureIndicator(tx, plan, indicator, {
      places: counties,
      years: spokenYears(indicator, years, wanted),
      asOf: wanted.asOf,
      ...(kept && { kept: kept.rows }),
    })
    figures.set(indicator.id, wanted.city ? [...citySums(wanted.city, measured), ...measured] : measured)
  }
  const places = wanted.city ? [wanted.city, ...counties] : counties
  const measurement = { asOf: wanted.asOf, places, filings, figures, currentYears, filedYears }
  for (const indicator of wanted.indicators.filter(({ boards }) => boards))
    figures.set(indicator.id, countBoards(plan, measurement, indicator))
  return measurement
}

/** Those of kept counties as they were kept, unless a year has begun since of which they say nothing. */
async function allFilings(tx: Tx, counties: readonly Place[], kept?: KeptFigures): Promise<Filing[]> {
  if (!kept || kept.counties.size === 0) return listFilings(tx)
  const open = counties.some(({ unitId }) => !kept.counties.has(unitId))
  const live = open ? await withoutCounties(tx, [...kept.counties], () => listFilings(tx)) : []
  const all = [...kept.filings, ...live]
  const years = new Set(all.map(({ year }) => year))
  return all.length === years.size * counties.length ? all : listFilings(tx)
}

/** 当前值 — a place's figure of a year (its current one) under a reading; the first counted reading when none is named. */
export function currentFigure(
  measurement: Measurement,
  indicator: Indicator,
  unitId: number,
  reading = indicator.countedReadings?.[0],
  schoolYear?: SchoolYear,
): Figure | undefined {
  const own = (measurement.figures.get(indicator.id) ?? []).filter(
    (figure) => figure.unitId === unitId && figure.reading === reading,
  )
  const year =
    indicator.speaksOf === 'as-of-day' || !indicator.sql
      ? schoolYearOf(measurement.asOf)
      : (schoolYear ?? measurement.currentYears.get(unitId))
  const filed = schoolYear === undefined ? measurement.filedYears.get(indicator.id) : undefined
  const due = own.find((figure) => figure.year === filed?.year)
  if (due && (filed?.owed || due.numerator !== null)) return due
  return own.find((figure) => figure.year === year)
}

function yearsOf(
  filings: readonly Filing[],
  current: readonly SchoolYear[],
  { from, only, asOf }: Wanted,
): SchoolYear[] {
  if (typeof only === 'number') return [...new Set([only, schoolYearOf(asOf)])]
  const filed =
    only === 'current' ? current : filings.map(({ year }) => year).filter((year) => year >= (from ?? 0))
  return [...new Set([...filed, schoolYearOf(asOf)])].sort((one, other) => one - other)
}

/** What is not due yet is not missing: until then the year before speaks. */
function filedYearsOf(plan: Plan, { indicators, asOf }: Wanted): Map<string, FiledYear> {
  const lastYear = censusDay(schoolYearOf(asOf) - 1)
  return new Map(
    indicators.flatMap(({ id, filed, speaksOf }) => {
      const form = filed && plan.forms.get(filed.form)
      if (!form || speaksOf === 'as-of-day') return []
      const due = periodsBegun({ ...form, from: lastYear }, asOf).find(({ dueOn }) => dueOn <= asOf)
      return due ? [[id, { year: schoolYearOf(due.from), owed: due.dueOn >= form.from }] as const] : []
    }),
  )
}

/** What speaks of any day is known of every year, also of those whose returns nobody has filed yet. */
function spokenYears(
  { sql, speaksOf }: Indicator,
  years: readonly SchoolYear[],
  { only }: Wanted,
): readonly SchoolYear[] {
  if (!sql) return years.slice(-1)
  const [first, last] = [years[0], years.at(-1)]
  if (speaksOf !== 'as-of-day' || only !== undefined || first === undefined || last === undefined)
    return years
  return Array.from({ length: last - first + 1 }, (_, at) => first + at)
}

function citySums(city: Place, figures: readonly Figure[]): Figure[] {
  const together = Map.groupBy(figures, ({ year, reading }) => `${year} ${reading}`)
  return [...together.values()].map((parts) => sumFigures(city.unitId, parts as [Figure, ...Figure[]]))
}

/**
 * A year just begun holds the pupils of the first schools to file: its rates would mean nothing. The
 * current year is the last one complete enough; for the city, complete in every county.
 */
function currentYearsOf(
  filings: readonly Filing[],
  counties: readonly Place[],
  { asOf, city, completeFrom }: Wanted,
): Map<number, SchoolYear> {
  const complete = filings.filter(({ due, filed }) => filed >= completeFrom * due)
  const yearsBy = (unitId: number) =>
    complete.filter((filing) => filing.unitId === unitId).map(({ year }) => year)
  const latest = new Map(
    counties.map(({ unitId }) => [unitId, Math.max(...yearsBy(unitId), Number.NEGATIVE_INFINITY)]),
  )
  const everywhere = [...new Set(filings.map(({ year }) => year))].filter((year) =>
    counties.every(({ unitId }) => yearsBy(unitId).includes(year)),
  )
  if (city) latest.set(city.unitId, Math.max(...everywhere, Number.NEGATIVE_INFINITY))
  return new Map([...latest].map(([unitId, year]) => [unitId, year > 0 ? year : schoolYearOf(asOf)]))
}

/** 四页 — of how many boards every indicator is known at a place; it brings no data of its own. */
function countBoards(plan: Plan, measurement: Measurement, { boards = [] }: Indicator): Figure[] {
  return measurement.places.map(({ unitId }) => ({
    unitId,
    year: schoolYearOf(measurement.asOf),
    day: measurement.asOf,
    numerator: boards.filter(({ indicators }) =>
      indicators.every((id) => isKnown(measurement, plan.indicators.get(id), unitId)),
    ).length,
    denominator: boards.length,
    missing: [],
  }))
}

/** 是否已知 — has the place a current figure of the indicator, or plainly no duty? */
export function isKnown(measurement: Measurement, indicator: Indicator | undefined, unitId: number): boolean {
  const figure = indicator && currentFigure(measurement, indicator, unitId)
  return figure !== undefined && (figureValue(figure) !== null || isIdle(figure))
}
