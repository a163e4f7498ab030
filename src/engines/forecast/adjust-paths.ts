import { dampedGrowth } from './entry-path.ts'
import { type PreparedPanel, unitClass } from './prepared-panel.ts'
import { gradesFromBelow } from './project-origin.ts'
import type { ProjectionInput, ProjectionScenario } from './projection-input.ts'

/** How quickly moving in or out dies down from year to year. */
const driftDamping = 0.8

/** 调整材料 — what is needed to carry a change of one grade on to later years and grades. */
export interface AdjustmentGround {
  readonly panel: PreparedPanel
  readonly horizons: number
  readonly input: ProjectionInput
  readonly scenario: ProjectionScenario
}

/**
 * 按情景与人工修正调整 — applies drift, arrivals, housing, overrides and the senior split to units without units
 * below, carries each change up the grades year by year, and sums the tree again.
 *
 * A change δ of a grade moves up with its class: δ(g,h) = δ(g−1,h−1)·E(g,h)/E(g−1,h−1) of the
 * unadjusted path. An override set on a gathering unit is shared among its units by their figures.
 */
export function adjustPaths(ground: AdjustmentGround, paths: Float64Array): Float64Array {
  const { panel, horizons } = ground
  const adjusted = Float64Array.from(paths)
  const order = gradesFromBelow(panel.source)
  for (let horizon = 1; horizon <= horizons; horizon++) {
    for (let unit = 0; unit < panel.named; unit++) {
      if (unitClass(panel, unit) === 1) continue
      for (const grade of order) carryCell(ground, paths, adjusted, unit, horizon, grade)
    }
    applySplits(ground, adjusted, horizon)
    applyOverrides(ground, adjusted, horizon)
  }
  return sumUp(panel, horizons, adjusted)
}

function carryCell(
  ground: AdjustmentGround,
  paths: Float64Array,
  adjusted: Float64Array,
  unit: number,
  horizon: number,
  grade: number,
): void {
  const { panel, horizons, input, scenario } = ground
  const at = (unit * horizons + horizon - 1) * panel.grades + grade
  if (Number.isNaN(paths[at]!)) return
  const from = panel.source[grade]!
  const fed = from >= 0 && horizon > 1 ? (unit * horizons + horizon - 2) * panel.grades + from : -1
  const isFed = fed >= 0 && paths[fed]! > 0
  const carried = isFed ? adjusted[fed]! / paths[fed]! : 1
  const drift = scenario.drift?.[unit] ?? 0
  const moves = (until: number): number => dampedGrowth(drift, driftDamping, until)
  const step = isFed ? moves(horizon) / moves(horizon - 1) : moves(horizon)
  const arrival = from < 0 ? (scenario.arrivalFactor ?? 1) : 1
  let value = paths[at]! * carried * step * arrival
  for (const housing of input.housing ?? []) {
    if (housing.unit === unit && housing.grade === grade && housing.year === input.asOf + horizon)
      value += housing.pupils
  }
  adjusted[at] = Math.max(0, value)
}

function applySplits(ground: AdjustmentGround, adjusted: Float64Array, horizon: number): void {
  const { panel, horizons, input } = ground
  const senior = input.grades.indexOf('S1')
  const vocational = input.grades.indexOf('V1')
  if (senior < 0 || vocational < 0) return
  for (const split of input.splits ?? []) {
    if (input.asOf + horizon < split.from) continue
    const below = unitsUnder(panel, split.unit)
    const at = (unit: number, grade: number): number => (unit * horizons + horizon - 1) * panel.grades + grade
    const sum = (grade: number): number =>
      below.reduce((held, unit) => held + (adjusted[at(unit, grade)]! || 0), 0)
    const seniors = sum(senior)
    const vocationals = sum(vocational)
    if (seniors === 0 || vocationals === 0) continue
    const entrants = seniors + vocationals
    for (const unit of below) {
      adjusted[at(unit, senior)]! *= (split.seniorShare * entrants) / seniors
      adjusted[at(unit, vocational)]! *= ((1 - split.seniorShare) * entrants) / vocationals
    }
  }
}

function applyOverrides(ground: AdjustmentGround, adjusted: Float64Array, horizon: number): void {
  const { panel, horizons, input } = ground
  for (const override of input.overrides ?? []) {
    if (override.year !== input.asOf + horizon) continue
    const cells = unitsUnder(panel, override.unit)
      .map((unit) => (unit * horizons + horizon - 1) * panel.grades + override.grade)
      .filter((at) => override.pupils !== undefined || !Number.isNaN(adjusted[at]!))
    const sum = cells.reduce((held, at) => held + (adjusted[at]! || 0), 0)
    const target = override.pupils ?? sum * (override.factor ?? 1)
    for (const at of cells)
      adjusted[at] = sum > 0 ? ((adjusted[at]! || 0) * target) / sum : target / cells.length
  }
}

function unitsUnder(panel: PreparedPanel, unit: number): number[] {
  const below = panel.tree.children[unit]!
  return below.length === 0 ? [unit] : below.flatMap((child) => unitsUnder(panel, child))
}

/** 自下汇总 — every unit that gathers others becomes the sum of them; NaN where none of them runs the grade. */
export function sumUp(panel: PreparedPanel, horizons: number, paths: Float64Array): Float64Array {
  const block = horizons * panel.grades
  for (let at = panel.tree.order.length - 1; at >= 0; at--) {
    const unit = panel.tree.order[at]!
    const children = panel.tree.children[unit]!
    if (children.length === 0) continue
    for (let cell = 0; cell < block; cell++) {
      let sum = Number.NaN
      for (const child of children) {
        const value = paths[child * block + cell]!
        if (!Number.isNaN(value)) sum = (Number.isNaN(sum) ? 0 : sum) + value
      }
      paths[unit * block + cell] = sum
    }
  }
  return paths
}
