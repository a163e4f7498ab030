import { birthCohort } from './birth-cohort.ts'
import { type BirthOutlook, birthsAt } from './birth-outlook.ts'
import type { PreparedPanel } from './prepared-panel.ts'
import { shrinkToParent } from './shrink-to-parent.ts'

/** 出生入口方式 — age at which the first grade is entered (each later grade a year older), and how recent cohorts are weighed (latest first). */
export interface BirthEntrySetting {
  readonly age: number
  readonly weights: readonly number[]
  readonly parentBirths: number
}

const cohortWeights: readonly (readonly number[])[] = [[1], [1.5, 1, 0.5], [1, 1, 1]]

/** 出生入口备选 — for each age a grade may be entered at, three weightings of the last cohorts. */
export function birthEntrySettings(ages: readonly number[]): BirthEntrySetting[] {
  return ages.flatMap((age) => cohortWeights.map((weights) => ({ age, weights, parentBirths: 100 })))
}

/**
 * 到校率 — pupils found in a grade per child born to the cohort that is due there, drawn to the parent.
 *
 * ρ = (Σ w·E + K·ρ_parent)/(Σ w·cohort + K); it holds survival, moves and the share schooled elsewhere.
 * Returns `[unit * grades + grade]`, NaN without births.
 */
export function arrivalRates(
  panel: PreparedPanel,
  outlook: BirthOutlook,
  origin: number,
  setting: BirthEntrySetting,
  earlierShare: number,
  entryGrades: readonly number[],
): Float64Array {
  const rates = new Float64Array(panel.units * panel.grades).fill(Number.NaN)
  for (const unit of panel.tree.order) {
    const above = panel.tree.parent[unit]!
    for (const grade of entryGrades) {
      let arrived = 0
      let born = 0
      for (let back = 0; back < setting.weights.length && origin - back >= 0; back++) {
        const cell = (unit * panel.years + origin - back) * panel.grades + grade
        const year = panel.panel.firstYear + origin - back
        const cohort = birthCohort((y) => birthsAt(outlook, unit, y), year, setting.age + grade, earlierShare)
        if (!panel.observed[cell] || !(panel.filled[cell]! > 0) || !(cohort > 0)) continue
        arrived += setting.weights[back]! * panel.filled[cell]!
        born += setting.weights[back]! * cohort
      }
      const parentRate = above < 0 ? Number.NaN : rates[above * panel.grades + grade]!
      rates[unit * panel.grades + grade] = shrinkToParent(arrived, born, parentRate, setting.parentBirths)
    }
  }
  return rates
}
