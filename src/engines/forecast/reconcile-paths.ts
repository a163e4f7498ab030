import type { EmpiricalBands } from './empirical-band.ts'
import { type PreparedPanel, unitClass } from './prepared-panel.ts'
import { reconcileTree } from './reconcile-tree.ts'
import { residualKinds } from './residual-pool.ts'

/** Width of an 80 % band of a bell curve in standard errors: turns a band into a variance. */
const bandErrors = 2.56

/**
 * 对账后的推算 — one projection made to add up over the tree, grade by grade and year by year.
 *
 * Doubt of a figure: its empirical band's width over 2.56, squared. A gathering unit without a name lends
 * nothing and binds nothing.
 */
export function reconcilePaths(
  panel: PreparedPanel,
  horizons: number,
  paths: Float64Array,
  bands: EmpiricalBands,
): Float64Array {
  if (panel.tree.children.slice(0, panel.named).every((below) => below.length === 0)) return paths
  const settled = Float64Array.from(paths)
  const mean = new Float64Array(panel.units)
  const variance = new Float64Array(panel.units)
  for (let horizon = 1; horizon <= horizons; horizon++) {
    for (let grade = 0; grade < panel.grades; grade++) {
      const kind = panel.source[grade]! < 0 ? residualKinds.entry : residualKinds.moving
      for (let unit = 0; unit < panel.units; unit++) {
        const value =
          unit < panel.named ? paths[(unit * horizons + horizon - 1) * panel.grades + grade]! : Number.NaN
        const pupils = value || 0
        const band = bands.of(unitClass(panel, unit), kind, horizon, pupils)
        mean[unit] = value
        variance[unit] = ((pupils * (band.hi - band.lo)) / bandErrors) ** 2
      }
      const whole = reconcileTree(panel.tree, mean, variance)
      for (let unit = 0; unit < panel.named; unit++) {
        settled[(unit * horizons + horizon - 1) * panel.grades + grade] = whole[unit]!
      }
    }
  }
  return settled
}
