import type { SchoolYear } from '../../kernel/school-year.ts'

/**
 * 出生人口表 — live births by unit and calendar year; NaN is unknown, never 0.
 *
 * `cells[unit * years + year]`; `firstYear` is the calendar year of column 0.
 */
export interface BirthTable {
  readonly firstYear: number
  readonly years: number
  readonly cells: Float64Array
}

/**
 * 在校生面板 — pupils by unit, school year and grade over a forest of units.
 *
 * `cells[(unit * years + year) * grades + grade]`, NaN where unknown. `parent[u]` is the unit above
 * or −1; `source[g]` the grade whose pupils move up into g, or −1 where children enter the chain.
 * `present[unit * years + year]` is 1 where the unit filed a row, even one with empty cells: a row
 * with gaps is unknown, a row that is absent after earlier ones is read as closed.
 */
export interface EnrolmentPanel {
  readonly units: readonly string[]
  readonly parent: Int32Array
  readonly grades: readonly string[]
  readonly source: Int32Array
  readonly firstYear: SchoolYear
  readonly years: number
  readonly cells: Float64Array
  readonly present: Uint8Array
  readonly births?: BirthTable
}

/** 逐级升入 — the plain chain in which each grade is fed by the one before it. */
export function chainOfGrades(count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, grade) => grade - 1)
}

/** 单位树 — a forest of units: who stands above, who directly below, and parents before children. */
export interface UnitTree {
  readonly parent: Int32Array
  readonly children: readonly (readonly number[])[]
  readonly order: Int32Array
}

/** 建树 — reads the forest from its parent indices; ties keep the order of the units. */
export function unitTree(parent: Int32Array): UnitTree {
  const children: number[][] = Array.from(parent, () => [])
  for (let unit = 0; unit < parent.length; unit++) if (parent[unit]! >= 0) children[parent[unit]!]!.push(unit)
  const order = new Int32Array(parent.length)
  let filled = 0
  for (let unit = 0; unit < parent.length; unit++) if (parent[unit]! < 0) order[filled++] = unit
  for (let at = 0; at < filled; at++) {
    for (const child of children[order[at]!]!) order[filled++] = child
  }
  return { parent, children, order: order.subarray(0, filled) }
}

/** 截至某年 — the panel as it was known in a school year: later rows and later births do not exist. */
export function panelAsOf(panel: EnrolmentPanel, asOf: SchoolYear): EnrolmentPanel {
  const years = asOf - panel.firstYear + 1
  const width = panel.grades.length
  const cells = new Float64Array(panel.units.length * years * width).fill(Number.NaN)
  const present = new Uint8Array(panel.units.length * years)
  const kept = Math.min(years, panel.years)
  for (let unit = 0; unit < panel.units.length; unit++) {
    const from = unit * panel.years
    cells.set(panel.cells.subarray(from * width, (from + kept) * width), unit * years * width)
    present.set(panel.present.subarray(from, from + kept), unit * years)
  }
  return { ...panel, years, cells, present, births: panel.births && birthsUntil(panel.births, asOf) }
}

function birthsUntil(births: BirthTable, lastYear: number): BirthTable | undefined {
  const years = Math.min(births.years, lastYear - births.firstYear + 1)
  if (years <= 0) return undefined
  const units = births.cells.length / births.years
  const cells = new Float64Array(units * years)
  for (let unit = 0; unit < units; unit++) {
    const from = unit * births.years
    cells.set(births.cells.subarray(from, from + years), unit * years)
  }
  return { firstYear: births.firstYear, years, cells }
}
