import { integerTree } from './integer-shares.ts'
import type { PreparedPanel } from './prepared-panel.ts'

/** 推算取整 — whole pupils in place: each projected year is rounded over the tree and the grades at once. */
export function roundOverTree(panel: PreparedPanel, horizons: number, mean: Float64Array): void {
  for (let horizon = 0; horizon < horizons; horizon++) {
    const grid = new Float64Array(panel.units * panel.grades).fill(Number.NaN)
    for (let unit = 0; unit < panel.named; unit++) {
      const row = (unit * horizons + horizon) * panel.grades
      grid.set(mean.subarray(row, row + panel.grades), unit * panel.grades)
    }
    integerTree(panel.tree, panel.named, grid, panel.grades)
    for (let unit = 0; unit < panel.named; unit++) {
      const row = (unit * horizons + horizon) * panel.grades
      mean.set(grid.subarray(unit * panel.grades, (unit + 1) * panel.grades), row)
    }
  }
}
