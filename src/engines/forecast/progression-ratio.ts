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

const weightings: readonly (readonly number[])[] = [[1], [1, 1], [1.5, 1, 0.5], [1, 1, 1], [1, 1, 1, 1, 1]]
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
  steps: CohortSteps,
  sound: Uint8Array,
  origin: number,
  setting: ProgressionSetting,
): ProgressionRatios {
  const ratios = new Float64Array(panel.units * panel.grades).fill(Number.NaN)
  const effects = new Float64Array(panel.units).fill(1)
  const pools = new Float64Array(ratios.length).fill(Number.NaN)
  for (const unit of panel.tree.order) {
    const above = panel.tree.parent[unit]!
    const gathers = unitClass(panel, unit) === 1
    const prior = (gathers ? ratios : pools).subarray(above * panel.grades, (above + 1) * panel.grades)
    const own = Array.from({ length: panel.grades }, (_, grade) =>
      weighSteps(panel, steps.own, sound, origin, unit, grade, setting.weights),
    )
    const effect = above < 0 ? 1 : unitEffect(own, prior, setting.unitPupils)
    effects[unit] = effect
    for (let grade = 0; grade < panel.grades; grade++) {
      if (panel.source[grade]! < 0) continue
      const cell = unit * panel.grades + grade
      const usual = above < 0 ? Number.NaN : prior[grade]! * effect
      ratios[cell] = shrinkToParent(own[grade]!.moved, own[grade]!.stood, usual, setting.parentPupils)
      if (!gathers) continue
      const pooled = weighSteps(panel, steps.pooled, sound, origin, unit, grade, setting.weights)
      const wider = above < 0 ? Number.NaN : pools[above * panel.grades + grade]!
      pools[cell] = shrinkToParent(pooled.moved, pooled.stood, wider, setting.parentPupils)
    }
  }
  return { ratios, effects }
}

/** What a unit keeps over all grades beside the unit above, drawn towards 1. */
function unitEffect(
  own: readonly { moved: number; stood: number }[],
  prior: Float64Array,
  unitPupils: number,
): number {
  if (unitPupils === Number.POSITIVE_INFINITY) return 1
  let moved = unitPupils
  let due = unitPupils
  own.forEach((step, grade) => {
    if (Number.isNaN(prior[grade]!)) return
    moved += step.moved
    due += step.stood * prior[grade]!
  })
  return moved / due
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
