import { isMissing, type Missing } from '../../kernel/missing.ts'
import type { SchoolYear } from '../../kernel/school-year.ts'
import { bindPlanSql, type Indicator, numberParameter, type Plan } from '../../plan/index.ts'
import type { Scope } from '../../platform/db/scope.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { Books } from '../books.ts'
import { canonicalHash } from '../series/canonical-hash.ts'
import { type Figure, figureValue } from './figure.ts'
import { currentFigure, measureYears } from './measure-years.ts'
import { readBooks, readMoment } from './read-books.ts'

/** 指标量测要求 — within which scope (counties, day, moment of the books), which indicators, of which year. */
export interface IndicatorsAsked {
  /** `counties` holds the city's own id when the whole city is wanted too. */
  readonly scope: Scope
  /** Ids; all of the plan when absent. */
  readonly indicators?: readonly string[]
  /** Absent: the current year of each place, the last whose returns are complete enough. */
  readonly schoolYear?: SchoolYear
}

/** 指标结果 — one indicator of one place by one reading, with what it takes to find it again. */
export interface IndicatorValue {
  readonly indicatorId: string
  readonly zh: string
  readonly unit: string
  readonly unitId: number
  readonly name: string
  readonly year: SchoolYear
  readonly day: string
  readonly reading?: string
  readonly numerator: number | null
  readonly denominator?: number | null
  /** Null where a part is missing, and where nobody is counted. */
  readonly value: number | null
  readonly missing: readonly Missing[]
  readonly refused?: string
  readonly origin: IndicatorOrigin
}

/** 指标出处 — under which plan, by which definition and parameters, from the books of which day and moment. */
export interface IndicatorOrigin {
  readonly planVersion: string
  /** SHA-256 over the indicator's file and the parameters put into its statement. */
  readonly definitionHash: string
  readonly asOf: string
  readonly knownAt: string
}

/**
 * 量测指标 — indicators of every county in scope, and of the city, as the books of a day and a moment give them.
 *
 * One statement for each indicator and reading, whatever the number of counties; in a read-only transaction with a
 * time limit. What is missing is named with who owes it, and makes the city's figure missing too.
 */
export function measureIndicators(
  { db, plan, site }: Pick<Books, 'db' | 'plan' | 'site'>,
  asked: IndicatorsAsked,
): Promise<IndicatorValue[]> {
  const city = asked.scope.counties.includes(site.cityId) && { unitId: site.cityId, name: site.cityName }
  return readBooks(db, asked.scope, (tx) => indicatorValues(tx, plan, { ...asked, ...(city && { city }) }))
}

/** 指标各值 — the same within a reading transaction that is open already. */
export async function indicatorValues(
  tx: Tx,
  plan: Plan,
  asked: Omit<IndicatorsAsked, 'scope'> & {
    readonly city?: { readonly unitId: number; readonly name: string }
  },
): Promise<IndicatorValue[]> {
  const { asOf, knownAt } = await readMoment(tx)
  const wanted = [...plan.indicators.values()].filter(
    ({ id }) => asked.indicators === undefined || asked.indicators.includes(id),
  )
  const boards = wanted.flatMap(({ boards }) => boards ?? []).flatMap(({ indicators }) => indicators)
  const needed = [...plan.indicators.values()].filter(
    (each) => wanted.includes(each) || boards.includes(each.id),
  )
  const measurement = await measureYears(tx, plan, {
    indicators: needed,
    asOf,
    completeFrom: completeFrom(plan, asOf),
    only: asked.schoolYear ?? 'current',
    ...(asked.city && { city: asked.city }),
  })
  return wanted.flatMap((indicator) =>
    (indicator.countedReadings ?? [undefined]).flatMap((reading) =>
      measurement.places.flatMap(({ unitId, name }) => {
        const figure = currentFigure(measurement, indicator, unitId, reading, asked.schoolYear)
        return figure ? [measured(plan, indicator, name, figure, { asOf, knownAt })] : []
      }),
    ),
  )
}

function measured(
  plan: Plan,
  indicator: Indicator,
  name: string,
  figure: Figure,
  moment: { readonly asOf: string; readonly knownAt: string },
): IndicatorValue {
  const { id, zh, unit } = indicator
  const definitionHash = hashOf(plan, indicator, figure, moment.asOf)
  return {
    indicatorId: id,
    zh,
    unit,
    name,
    ...figure,
    value: figure.refused === undefined ? figureValue(figure) : null,
    origin: { planVersion: plan.version, definitionHash, ...moment },
  }
}

function hashOf(plan: Plan, indicator: Indicator, { year, day, reading }: Figure, asOf: string): string {
  const bound = bindPlanSql(plan, indicator.sql ?? '', { year, day, asOf, ...(reading && { reading }) })
  const parameters = 'text' in bound ? bound.parameters.map(({ key, value }) => [key, value]) : bound.refused
  return canonicalHash({ indicator, parameters })
}

/** 算作当年的比例 — of the returns of a year; without the parameter a year must be filed whole to count as current. */
export function completeFrom(plan: Plan, asOf: string): number {
  const enough = numberParameter(plan, 'statistics.complete-from', { on: asOf, asOf })
  return isMissing(enough) || !enough.ok ? 1 : enough.value
}
