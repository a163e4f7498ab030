import type { CohortSteps } from './cohort-steps.ts'
import { type PreparedPanel, unitClass } from './prepared-panel.ts'
import { shrinkToParent } from './shrink-to-parent.ts'

/**
 * 权重与收缩 — how past years are weighed (latest first), how many pupils the ratio of the unit above counts for in
 * each grade, and for how many the plain 1 counts in the unit's own effect over all grades.
 */
export interface ProgressionSetting {
  readonly weights: readonly number[]
  readonly parentPupils: number
  readonly unitPupils: number
}

/** 升级率与单位效应 — ratios by unit and grade, and the part of them that is the unit's own over all grades. */
export interface ProgressionRatios {
  readonly ratios: Float64Array
  readonly effects: Float64Array
}

/** 年份权重备选 — from last year alone to five years alike, latest first. */
export const weightings: readonly (readonly number[])[] = [
  [1],
  [1, 1],
  [1.5, 1, 0.5],
  [1, 1, 1],
  [1, 1, 1, 1, 1],
]
const parentPupils = [0, 30, 100, 300, 1000, 4000]
const unitPupils = [200, 1000, Number.POSITIVE_INFINITY]

/** 升级率备选 — every combination of weighting and shrinkage that rolling origins may choose from. */
export const progressionSettings: readonly ProgressionSetting[] = weightings.flatMap((weights) =>
  parentPupils.flatMap((inGrade) =>
    unitPupils.map((inUnit) => ({ weights, parentPupils: inGrade, unitPupils: inUnit })),
  ),
)

/**
 * 升级率 — the share of last year's grade found one grade up this year, drawn towards the unit above.
 *
 * r = (Σ w·E(g,t) + K·q·r_above) / (Σ w·E(g−1,t−1) + K) over the setting's years, for all units, parents
 * first. q is what the unit gains or loses over all its grades beside the unit above, q = (Σ w·E + Kᵤ) /
 * (Σ w·E(g−1,t−1)·r_above + Kᵤ): families move with all their children. r_above is the ratio of the units under the parent that ran both grades; a gathering unit is drawn to
 * its parent's own ratio. Steps marked unsound do not count. NaN where neither the unit nor anyone above has a step.
 *
 * Ratios are `[unit * grades + grade]`, effects `[unit]`. Units: ratio. Source: US NCES grade progression; 3-2-1 weights
 * Hertfordshire; shrinkage is empirical Bayes with K in pupils.
 */
export function progressionRatios(
  panel: PreparedPanel,
  weighed: CohortSteps,
  setting: Omit<ProgressionSetting, 'weights'>,
): ProgressionRatios {
  const { own, pooled } = weighed
  const ratios = new Float64Array(panel.units * panel.grades).fill(Number.NaN)
  const effects = new Float64Array(panel.units).fill(1)
  const pools = new Float64Array(ratios.length).fill(Number.NaN)
  for (const unit of panel.tree.order) {
    const above = panel.tree.parent[unit]!
    const gathers = unitClass(panel, unit) === 1
    const prior = gathers ? ratios : pools
    if (above >= 0) effects[unit] = unitEffect(panel, own, prior, unit, above, setting.unitPupils)
    for (let grade = 0; grade < panel.grades; grade++) {
      if (panel.source[grade]! < 0) continue
      const cell = unit * panel.grades + grade
      const over = above * panel.grades + grade
      const usual = above < 0 ? Number.NaN : prior[over]! * effects[unit]!
      ratios[cell] = shrinkToParent(own.moved[cell]!, own.stood[cell]!, usual, setting.parentPupils)
      if (!gathers) continue
      const wider = above < 0 ? Number.NaN : pools[over]!
      pools[cell] = shrinkToParent(pooled.moved[cell]!, pooled.stood[cell]!, wider, setting.parentPupils)
    }
  }
  return { ratios, effects }
}

/** What a unit keeps over all grades beside the unit above, drawn towards 1. */
function unitEffect(
  panel: PreparedPanel,
  own: CohortSteps['own'],
  prior: Float64Array,
  unit: number,
  above: number,
  unitPupils: number,
): number {
  if (unitPupils === Number.POSITIVE_INFINITY) return 1
  let moved = unitPupils
  let due = unitPupils
  for (let grade = 0; grade < panel.grades; grade++) {
    const usual = prior[above * panel.grades + grade]!
    if (Number.isNaN(usual)) continue
    moved += own.moved[unit * panel.grades + grade]!
    due += own.stood[unit * panel.grades + grade]! * usual
  }
  return moved / due
}

/**
 * 加权升级人数 — steps of the last years summed with the given weights (latest first), `[unit * grades + grade]`;
 * unsound steps do not count.
 */
export function weighSteps(
  panel: PreparedPanel,
  steps: CohortSteps,
  sound: Uint8Array,
  origin: number,
  weights: readonly number[],
): CohortSteps {
  const size = panel.units * panel.grades
  const weigh = (values: Float64Array): Float64Array => {
    const sums = new Float64Array(size)
    for (let cell = 0; cell < size; cell++) {
      const grade = cell % panel.grades
      const unit = (cell - grade) / panel.grades
      for (let back = 0; back < weights.length && origin - back >= 1; back++) {
        const at = (unit * panel.years + origin - back) * panel.grades + grade
        if (sound[at]) sums[cell]! += weights[back]! * values[at]!
      }
    }
    return sums
  }
  return {
    own: { moved: weigh(steps.own.moved), stood: weigh(steps.own.stood) },
    pooled: { moved: weigh(steps.pooled.moved), stood: weigh(steps.pooled.stood) },
  }
}
