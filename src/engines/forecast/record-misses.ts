import { type PreparedPanel, unitClass } from './prepared-panel.ts'
import { logMiss, type Residuals, residualKinds } from './residual-pool.ts'

/**
 * 登记残差 — holds one origin's projection against the actuals the panel knows, grade by grade and for sums
 * of grades (`groups`: the whole unit, and its stages where the caller has them). A year that repeats the one
 * before, grade by grade, was copied and not counted: it proves nothing about how well anything was forecast.
 */
export function recordMisses(
  panel: PreparedPanel,
  origin: number,
  horizons: number,
  paths: Float64Array,
  groups: readonly (readonly number[])[],
  residuals: Residuals,
): void {
  for (let unit = 0; unit < panel.named; unit++) {
    for (let horizon = 1; horizon <= horizons && origin + horizon < panel.years; horizon++) {
      if (isCopy(panel, unit, origin + horizon)) continue
      const actual = (grade: number): number => {
        const cell = (unit * panel.years + origin + horizon) * panel.grades + grade
        return panel.observed[cell] ? panel.filled[cell]! : Number.NaN
      }
      const said = (grade: number): number => paths[(unit * horizons + horizon - 1) * panel.grades + grade]!
      for (let grade = 0; grade < panel.grades; grade++) {
        const kind = panel.source[grade]! < 0 ? residualKinds.entry : residualKinds.moving
        book(residuals, panel, unit, kind, grade, horizon, actual(grade), said(grade), origin)
      }
      for (const group of groups) {
        const both = group.filter((grade) => !Number.isNaN(actual(grade)) && !Number.isNaN(said(grade)))
        const sum = (of: (grade: number) => number): number =>
          both.reduce((held, grade) => held + of(grade), 0)
        book(residuals, panel, unit, residualKinds.total, -1, horizon, sum(actual), sum(said), origin)
      }
    }
  }
}

/** Fewer grades than this may come out the same by chance. */
const copiedGrades = 3

/** Are the unit's figures of this year, in every grade, those of the year before? */
function isCopy(panel: PreparedPanel, unit: number, year: number): boolean {
  let alike = 0
  for (let grade = 0; grade < panel.grades; grade++) {
    const now = (unit * panel.years + year) * panel.grades + grade
    const before = now - panel.grades
    if (!panel.observed[now] || !panel.observed[before]) continue
    if (panel.filled[now] !== panel.filled[before]) return false
    if (panel.filled[now]! > 0) alike++
  }
  return alike >= copiedGrades
}

function book(
  residuals: Residuals,
  panel: PreparedPanel,
  unit: number,
  kind: number,
  grade: number,
  horizon: number,
  actual: number,
  forecast: number,
  origin: number,
): void {
  if (Number.isNaN(actual) || Number.isNaN(forecast) || (actual === 0 && forecast === 0)) return
  residuals.unit.push(unit)
  residuals.unitClass.push(unitClass(panel, unit))
  residuals.kind.push(kind)
  residuals.grade.push(grade)
  residuals.horizon.push(horizon)
  residuals.size.push(forecast)
  residuals.miss.push(logMiss(actual, forecast))
  residuals.origin.push(origin)
}
