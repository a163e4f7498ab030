import type { PreparedPanel } from './prepared-panel.ts'
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
 * r = (Σ w·E(g,t) + K·r_parent) / (Σ w·E(g−1,t−1) + K) over the setting's years, for all units,
 * parents first. Only years in which both cells were observed and above 0 count, and only those
 * after the unit's last break (`sound`). NaN where neither the unit nor anyone above has such a year.
 *
 * Returns `[unit * grades + grade]`. Units: ratio. Source: US NCES grade progression; 3-2-1 weights
 * Hertfordshire; shrinkage is empirical Bayes with K in pupils.
 */
export function progressionRatios(
  panel: PreparedPanel,
  sound: Uint8Array,
  origin: number,
  setting: ProgressionSetting,
): Float64Array {
  const ratios = new Float64Array(panel.units * panel.grades).fill(Number.NaN)
  for (const unit of panel.tree.order) {
    const above = panel.tree.parent[unit]!
    for (let grade = 0; grade < panel.grades; grade++) {
      const from = panel.source[grade]!
      if (from < 0) continue
      const sums = cohortSums(panel, sound, origin, unit, grade, from, setting.weights)
      const parentRatio = above < 0 ? Number.NaN : ratios[above * panel.grades + grade]!
      ratios[unit * panel.grades + grade] = shrinkToParent(
        sums.moved,
        sums.stood,
        parentRatio,
        setting.parentPupils,
      )
    }
  }
  return ratios
}

function cohortSums(
  panel: PreparedPanel,
  sound: Uint8Array,
  origin: number,
  unit: number,
  grade: number,
  from: number,
  weights: readonly number[],
): { moved: number; stood: number } {
  let moved = 0
  let stood = 0
  for (let back = 0; back < weights.length && origin - back >= 1; back++) {
    const row = unit * panel.years + origin - back
    const up = row * panel.grades + grade
    const down = (row - 1) * panel.grades + from
    if (!sound[up] || !panel.observed[up] || !panel.observed[down]) continue
    const arrived = panel.filled[up]!
    const left = panel.filled[down]!
    if (!(arrived > 0) || !(left > 0)) continue
    moved += weights[back]! * arrived
    stood += weights[back]! * left
  }
  return { moved, stood }
}
