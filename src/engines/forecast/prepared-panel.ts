import { type EnrolmentPanel, type UnitTree, unitTree } from './enrolment-panel.ts'
import { fillBeside } from './fill-beside.ts'
import { fillForward } from './fill-forward.ts'

/**
 * 备好的面板 — a panel ready for estimation: gaps filled looking back, parents summed where they
 * filed nothing, and several roots gathered under one unnamed unit that only lends its ratios.
 *
 * `filled` and `observed` share the index `(unit * years + year) * grades + grade`. `named` counts
 * the units that are reported; a gathering unit, if any, has index `named`.
 */
export interface PreparedPanel {
  readonly panel: EnrolmentPanel
  readonly tree: UnitTree
  readonly units: number
  readonly named: number
  readonly years: number
  readonly grades: number
  readonly source: Int32Array
  readonly filled: Float64Array
  readonly observed: Uint8Array
  readonly births?: Float64Array
}

/** 备好面板 — see `PreparedPanel`. */
export function preparePanel(panel: EnrolmentPanel): PreparedPanel {
  const named = panel.units.length
  const roots = panel.parent.reduce((held, above) => held + (above < 0 ? 1 : 0), 0)
  const units = named + (roots > 1 ? 1 : 0)
  const parent = new Int32Array(units).fill(-1)
  for (let unit = 0; unit < named; unit++) {
    parent[unit] = panel.parent[unit]! < 0 && units > named ? named : panel.parent[unit]!
  }
  const tree = unitTree(parent)
  const grid = { units: named, years: panel.years, grades: panel.grades.length }
  const begun = fillBeside(grid, panel.source, panel.parent, panel.cells, panel.present)
  const own = fillForward(grid, panel.source, begun, panel.present)
  const filled = new Float64Array(units * grid.years * grid.grades).fill(Number.NaN)
  const observed = new Uint8Array(filled.length)
  filled.set(own.filled)
  observed.set(panel.cells.map((value) => (Number.isNaN(value) ? 0 : 1)))
  for (let at = tree.order.length - 1; at >= 0; at--)
    sumChildren(tree, tree.order[at]!, grid, panel, filled, observed)
  const births = panel.births && rollUpBirths(tree, panel.births.cells, panel.births.years)
  return {
    panel,
    tree,
    units,
    named,
    years: panel.years,
    grades: grid.grades,
    source: panel.source,
    filled,
    observed,
    births,
  }
}

/** Share of a sum's pupils that may have been filled in before the sum no longer counts as observed. */
const filledShare = 0.02

/** A unit that never filed a row is the sum of its children, cell by cell; observed only if (nearly) all of it is. */
function sumChildren(
  tree: UnitTree,
  unit: number,
  grid: { years: number; grades: number },
  panel: EnrolmentPanel,
  filled: Float64Array,
  observed: Uint8Array,
): void {
  const children = tree.children[unit]!
  if (children.length === 0 || hasOwnRows(panel, unit)) return
  const block = grid.years * grid.grades
  for (let cell = 0; cell < block; cell++) {
    let sum = 0
    let parts = 0
    let unseen = 0
    for (const child of children) {
      const value = filled[child * block + cell]!
      if (Number.isNaN(value)) continue
      sum += value
      parts++
      if (!observed[child * block + cell]) unseen += value
    }
    filled[unit * block + cell] = parts > 0 ? sum : Number.NaN
    observed[unit * block + cell] = parts > 0 && unseen <= filledShare * sum ? 1 : 0
  }
}

function hasOwnRows(panel: EnrolmentPanel, unit: number): boolean {
  if (unit >= panel.units.length) return false
  for (let year = 0; year < panel.years; year++) if (panel.present[unit * panel.years + year]) return true
  return false
}

/** Births of a unit without its own row are the sum of its children's, where every child's are known. */
function rollUpBirths(tree: UnitTree, cells: Float64Array, years: number): Float64Array {
  const births = new Float64Array(tree.parent.length * years).fill(Number.NaN)
  births.set(cells)
  for (let at = tree.order.length - 1; at >= 0; at--) {
    const unit = tree.order[at]!
    const children = tree.children[unit]!
    if (children.length === 0) continue
    for (let year = 0; year < years; year++) {
      const cell = unit * years + year
      if (!Number.isNaN(births[cell]!)) continue
      births[cell] = children.reduce((sum, child) => sum + births[child * years + year]!, 0)
    }
  }
  return births
}

/** 单位类别 — 0 for units without units below, 1 for those that gather others. */
export function unitClass(panel: PreparedPanel, unit: number): 0 | 1 {
  return panel.tree.children[unit]!.length === 0 ? 0 : 1
}
