import { dampedGrowth } from './entry-path.ts'
import type { PreparedPanel } from './prepared-panel.ts'

/** Births of the unit at which its own growth weighs as much as its parent's. */
const parentBirths = 500
const growthYears = 4
const damping = 0.8

/** 出生展望 — births by unit and calendar year, known up to the origin and projected after it. */
export interface BirthOutlook {
  readonly firstYear: number
  readonly years: number
  readonly cells: Float64Array
}

/**
 * 出生外推 — carries births beyond the last known year, by a given yearly path or by damped drift.
 *
 * With `path`, births of year k after the last known one are multiplied by `path[k]` (the last factor
 * stays). Without it, the unit's own log growth over four years, drawn towards its parent's, damped by
 * 0.8 a year. Nothing after the origin's calendar year is read.
 */
export function birthOutlook(
  panel: PreparedPanel,
  origin: number,
  horizon: number,
  path?: readonly number[],
): BirthOutlook | undefined {
  const table = panel.panel.births
  if (!panel.births || !table) return undefined
  const lastYear = panel.panel.firstYear + origin
  const known = Math.min(table.years, lastYear - table.firstYear + 1)
  if (known <= 0) return undefined
  const years = Math.max(known, lastYear + horizon - table.firstYear + 1)
  const cells = new Float64Array(panel.units * years).fill(Number.NaN)
  const drift = new Float64Array(panel.units)
  for (const unit of panel.tree.order) {
    const own = panel.births.subarray(unit * table.years, unit * table.years + known)
    const above = panel.tree.parent[unit]!
    drift[unit] = birthDrift(own, above < 0 ? Number.NaN : drift[above]!)
    extend(own, cells.subarray(unit * years, (unit + 1) * years), drift[unit]!, path)
  }
  return { firstYear: table.firstYear, years, cells }
}

function birthDrift(births: Float64Array, parentDrift: number): number {
  const last = lastKnown(births)
  const first = Math.max(0, last - growthYears)
  const growth = last > first ? Math.log(births[last]! / births[first]!) / (last - first) : Number.NaN
  if (!Number.isFinite(growth)) return Number.isNaN(parentDrift) ? 0 : parentDrift
  if (Number.isNaN(parentDrift)) return growth
  const weight = births[last]! / (births[last]! + parentBirths)
  return weight * growth + (1 - weight) * parentDrift
}

function extend(known: Float64Array, row: Float64Array, drift: number, path?: readonly number[]): void {
  row.set(known)
  const last = lastKnown(known)
  if (last < 0) return
  let value = known[last]!
  for (let year = last + 1; year < row.length; year++) {
    const ahead = year - last
    const factor = path && path.length > 0 ? path[Math.min(ahead, path.length) - 1]! : Number.NaN
    value = Number.isNaN(factor) ? known[last]! * dampedGrowth(drift, damping, ahead) : value * factor
    row[year] = value
  }
}

function lastKnown(births: Float64Array): number {
  let last = births.length - 1
  while (last >= 0 && Number.isNaN(births[last]!)) last--
  return last
}

/** 某年出生 — births of a unit in a calendar year; NaN where not known and not projected. */
export function birthsAt(outlook: BirthOutlook, unit: number, calendarYear: number): number {
  const at = calendarYear - outlook.firstYear
  return at < 0 || at >= outlook.years ? Number.NaN : outlook.cells[unit * outlook.years + at]!
}
