import type { CohortSteps } from './cohort-steps.ts'
import { type PreparedPanel, unitClass } from './prepared-panel.ts'
import { shrinkToParent } from './shrink-to-parent.ts'

/** 权重与收缩 — how past years are weighed (latest first) and how many pupils the parent counts for. */
export interface ProgressionSetting {
  readonly weights: readonly number[]
  readonly parentPupils: number
}

const weightings: readonly (readonly number[])[] = [[1], [1, 1], [1.5, 1, 0.5], [1, 1, 1], [1, 1, 1, 1, 1]]
const parentPupils = [0, 20, 60, 150, 400, 1000, 4000]

/** 升级率备选 — every pair of weighting and shrinkage that rolling origins may choose from. */
export const progressionSettings: readonly ProgressionSetting[] = weightings.flatMap((weights) =>
  parentPupils.map((pupils) => ({ weights, parentPupils: pupils })),
)

/**
 * 升级率 — the share of last year's grade found one grade up this year, drawn towards the unit above.
 *
 * r = (Σ w·E(g,t) + K·r_above) / (Σ w·E(g−1,t−1) + K) over the setting's years, for all units, parents
 * first. r_above is the ratio of the units under the parent that ran both grades; a gathering unit is drawn to
 * its parent's own ratio. Steps marked unsound do not count. NaN where neither the unit nor anyone above has a step.
 *
 * Returns `[unit * grades + grade]`. Units: ratio. Source: US NCES grade progression; 3-2-1 weights
 * Hertfordshire; shrinkage is empirical Bayes with K in pupils.
 */
export function progressionRatios(
  panel: PreparedPanel,
  steps: CohortSteps,
  sound: Uint8Array,
  origin: number,
  setting: ProgressionSetting,
): Float64Array {
  const ratios = new Float64Array(panel.units * panel.grades).fill(Number.NaN)
  const pools = new Float64Array(ratios.length).fill(Number.NaN)
  for (const unit of panel.tree.order) {
    const above = panel.tree.parent[unit]!
    const gathers = unitClass(panel, unit) === 1
    for (let grade = 0; grade < panel.grades; grade++) {
      if (panel.source[grade]! < 0) continue
      const cell = unit * panel.grades + grade
      const parentOf = (of: Float64Array): number =>
        above < 0 ? Number.NaN : of[above * panel.grades + grade]!
      const own = weighSteps(panel, steps.own, sound, origin, unit, grade, setting.weights)
      ratios[cell] = shrinkToParent(
        own.moved,
        own.stood,
        parentOf(gathers ? ratios : pools),
        setting.parentPupils,
      )
      if (!gathers) continue
      const pooled = weighSteps(panel, steps.pooled, sound, origin, unit, grade, setting.weights)
      pools[cell] = shrinkToParent(pooled.moved, pooled.stood, parentOf(pools), setting.parentPupils)
    }
  }
  return ratios
}

function weighSteps(
  panel: PreparedPanel,
  steps: CohortSteps['own'],
  sound: Uint8Array,
  origin: number,
  unit: number,
  grade: number,
  weights: readonly number[],
): { moved: number; stood: number } {
  let moved = 0
  let stood = 0
  for (let back = 0; back < weights.length && origin - back >= 1; back++) {
    const cell = (unit * panel.years + origin - back) * panel.grades + grade
    if (!sound[cell]) continue
    moved += weights[back]! * steps.moved[cell]!
    stood += weights[back]! * steps.stood[cell]!
  }
  return { moved, stood }
}
