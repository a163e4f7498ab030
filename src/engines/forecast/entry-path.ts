import type { PreparedPanel } from './prepared-panel.ts'

/**
 * 入口推算方式 — where an entry cohort starts from and how it drifts.
 *
 * `anchor` weighs the latest years (latest first); `drift` says whose growth carries on: nobody's,
 * the unit's own drawn towards its parent's, or the parent's forecast itself; `damping` φ shrinks
 * that growth year by year.
 */
export interface EntrySetting {
  readonly anchor: readonly number[]
  readonly drift: 'none' | 'pooled' | 'own' | 'parent'
  readonly damping: number
}

const anchors: readonly (readonly number[])[] = [
  [1],
  [2 / 3, 1 / 3],
  [0.5, 1 / 3, 1 / 6],
  [1 / 3, 1 / 3, 1 / 3],
]
const drifts: readonly Pick<EntrySetting, 'drift' | 'damping'>[] = [
  { drift: 'none', damping: 0 },
  { drift: 'pooled', damping: 0.6 },
  { drift: 'pooled', damping: 0.9 },
  { drift: 'own', damping: 0.6 },
  { drift: 'own', damping: 0.9 },
  { drift: 'parent', damping: 1 },
]

/** 入口备选 — every pair of anchor and drift that rolling origins may choose from. */
export const entrySettings: readonly EntrySetting[] = anchors.flatMap((anchor) =>
  drifts.map((drift) => ({ anchor, ...drift })),
)

/** Pupils at the parent's growth that a unit's own growth is weighed against. */
const parentPupils = 300
/** Growth is read over this many years at most. */
const growthYears = 3
/** No entry cohort is let drift by more than this a year, in logs. */
const driftCap = 0.15
/** Town and county drift is carried for at most five years, then held. */
const driftHorizon = 5

/**
 * 入口趋势 — yearly log growth of a cell over its last sound years, drawn towards the parent's.
 *
 * δ = (n·δ_own + K·δ_parent)/(n + K) with n pupils. Returns own-drawn and parent's, `[unit * grades + grade]`.
 */
export function entryDrift(
  panel: PreparedPanel,
  origin: number,
): { readonly own: Float64Array; readonly pooled: Float64Array } {
  const own = new Float64Array(panel.units * panel.grades)
  const pooled = new Float64Array(panel.units * panel.grades)
  for (const unit of panel.tree.order) {
    const above = panel.tree.parent[unit]!
    for (let grade = 0; grade < panel.grades; grade++) {
      const cell = unit * panel.grades + grade
      const parents = above < 0 ? Number.NaN : own[above * panel.grades + grade]!
      const pupils = panel.filled[(unit * panel.years + origin) * panel.grades + grade]!
      const growth = cellGrowth(panel, unit, origin, grade)
      const base = Number.isNaN(parents) ? growth : parents
      const weight = pupils > 0 ? pupils / (pupils + parentPupils) : 0
      own[cell] = weight * growth + (1 - weight) * base
      pooled[cell] = base
    }
  }
  return { own, pooled }
}

function cellGrowth(panel: PreparedPanel, unit: number, origin: number, grade: number): number {
  const run = runLength(panel, unit, origin, grade, growthYears + 1)
  if (run < 2) return 0
  const at = (year: number): number => panel.filled[(unit * panel.years + year) * panel.grades + grade]!
  const growth = Math.log(at(origin) / at(origin - run + 1)) / (run - 1)
  return Math.max(-driftCap, Math.min(driftCap, growth))
}

/** 连续年数 — for how many years up to the origin a cell has been open (above 0) without a break. */
export function runLength(
  panel: PreparedPanel,
  unit: number,
  origin: number,
  grade: number,
  longest: number,
): number {
  let run = 0
  while (run < longest && origin - run >= 0) {
    const value = panel.filled[(unit * panel.years + origin - run) * panel.grades + grade]!
    if (!(value > 0)) break
    run++
  }
  return run
}

/**
 * 入口起点 — the level an entry cohort is projected from, brought forward to the origin by the drift.
 *
 * A zero or unknown year ends the run: what lay before it no longer counts.
 */
export function entryAnchor(
  panel: PreparedPanel,
  origin: number,
  unit: number,
  grade: number,
  weights: readonly number[],
  drift: number,
): number {
  const run = runLength(panel, unit, origin, grade, weights.length)
  let sum = 0
  let held = 0
  for (let back = 0; back < run; back++) {
    const value = panel.filled[(unit * panel.years + origin - back) * panel.grades + grade]!
    sum += weights[back]! * value * Math.exp(drift * back)
    held += weights[back]!
  }
  return held > 0 ? sum / held : Number.NaN
}

/** 阻尼增长 — what a yearly log growth δ adds up to after h years: exp(δ·(φ + φ² + … + φ^h)), capped at five years. */
export function dampedGrowth(drift: number, damping: number, horizon: number): number {
  let sum = 0
  let step = damping
  for (let year = 1; year <= Math.min(horizon, driftHorizon); year++) {
    sum += step
    step *= damping
  }
  return Math.exp(drift * sum)
}
