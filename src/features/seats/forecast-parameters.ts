import { isMissing } from '../../kernel/missing.ts'
import { granted, type Result, refused } from '../../kernel/result.ts'
import type { SchoolYear } from '../../kernel/school-year.ts'
import { numberParameter, type Plan } from '../../plan/index.ts'
import { type ClassSizeChoice, type ClassSizes, classSizesIn } from './class-sizes.ts'
import type { BirthVariant } from './forecast-ground.ts'

/** 测算参数 — every number of the plan that a forecast and its judgement use, as of the day of the computation. */
export interface ForecastParameters {
  readonly until: SchoolYear
  readonly draws: number
  readonly entryAges: readonly number[]
  readonly variants: readonly BirthVariant[]
  readonly bandLevel: number
  readonly red: number
  readonly schoolHorizon: number
  readonly completeFrom: number
}

/** 测算所用参数的编号. */
export const forecastKeys = {
  until: 'forecast.until-year',
  draws: 'forecast.draws',
  entryAge: 'entry.age-preschool',
  low: 'forecast.birth-variant-low',
  high: 'forecast.birth-variant-high',
  bandLevel: 'forecast.band-level',
  red: 'seat-warning.red',
  schoolHorizon: 'forecast.school-horizon',
  completeFrom: 'statistics.complete-from',
} as const

/** 取测算参数 — refused, by name, when one is out of its validity, past its review date or not entered. */
export function forecastParameters(plan: Plan, asOf: string): Result<ForecastParameters> {
  const values: Record<string, number> = {}
  for (const [name, key] of Object.entries(forecastKeys)) {
    const found = numberParameter(plan, key, { on: asOf, asOf })
    if (isMissing(found)) {
      return refused({
        code: 'seats.parameter-missing',
        text: `参数“${found.of}”—没有录入，测算不能进行—请由${found.owedBy ?? '规划数据维护人'}补上。`,
      })
    }
    if (!found.ok) return found
    values[name] = found.value
  }
  const { until, draws, entryAge, low, high, bandLevel, red, schoolHorizon, completeFrom } = values as Record<
    keyof typeof forecastKeys,
    number
  >
  return granted({
    until,
    draws,
    entryAges: [entryAge],
    variants: [
      { id: 'low', factor: low },
      { id: 'mid', factor: 1 },
      { id: 'high', factor: high },
    ],
    bandLevel,
    red,
    schoolHorizon,
    completeFrom,
  })
}

/**
 * 各学年班额 — class sizes from the first year of the panel to the last of the forecast.
 *
 * Years before a standard came into force have none; from the current school year on, a missing one stops the
 * computation by name.
 */
export function classSizesByYear(
  plan: Plan,
  years: { readonly from: SchoolYear; readonly now: SchoolYear; readonly until: SchoolYear },
  asOf: string,
  choice: ClassSizeChoice,
): Result<Record<number, ClassSizes>> {
  const sizes: Record<number, ClassSizes> = {}
  for (let year = years.from; year <= years.until; year++) {
    const found = classSizesIn(plan, year, asOf, choice)
    if (found.ok) sizes[year] = found.value
    else if (year >= years.now) return found
  }
  return granted(sizes)
}
