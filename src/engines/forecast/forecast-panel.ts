import { type Missing, missing } from '../../kernel/missing.ts'
import type { SchoolYear } from '../../kernel/school-year.ts'
import { type BackTestRow, backTest } from './back-test.ts'
import { type BandCoverage, bandCoverage } from './band-coverage.ts'
import { bandWidening } from './band-widening.ts'
import { type EmpiricalBands, empiricalBands } from './empirical-band.ts'
import { type EnrolmentPanel, panelAsOf } from './enrolment-panel.ts'
import { type PreparedPanel, preparePanel, unitClass } from './prepared-panel.ts'
import { residualKinds } from './residual-pool.ts'
import { type RollingOrigins, rollOrigins } from './rolling-origins.ts'
import { roundOverTree } from './round-over-tree.ts'
import type { StructuralBreak } from './structural-break.ts'
import { withUnlistedParts } from './unlisted-part.ts'

/** 全部年级 — the name under which a unit's sum over grades is published. */
export const totalGrade = 'TOTAL'

/** Ages at which the first column may be entered: from day nurseries to late primary. */
const entryAges = [2, 3, 4, 5, 6, 7]

export interface PanelForecastRow {
  readonly unit: string
  readonly grade: string
  readonly year: SchoolYear
  readonly horizon: number
  readonly mean: number
  readonly lo80: number
  readonly hi80: number
  readonly method: string
}

/** 面板预测 — rows by unit, horizon and grade, with our own record and what was missing. */
export interface PanelForecast {
  readonly rows: readonly PanelForecastRow[]
  readonly backTest: readonly BackTestRow[]
  readonly coverage: readonly BandCoverage[]
  readonly breaks: readonly (Omit<StructuralBreak, 'unit'> & { readonly unit: string })[]
  readonly missing: readonly Missing[]
}

/**
 * 面板预测 — pupils by unit and grade at the wanted horizons, from a panel as it stood in `asOf`.
 *
 * Units, in the order given, must not depend on the order of any file: the caller sorts them. Grades no unit ran are left
 * out and named in `missing`; they are never 0.
 */
export function forecastPanel(
  whole: EnrolmentPanel,
  asOf: SchoolYear,
  horizons: readonly number[],
): PanelForecast {
  const published = whole.units.length
  const panel = preparePanel(withUnlistedParts(panelAsOf(whole, asOf)).panel)
  const reach = Math.max(...horizons)
  const rolled = rollOrigins(panel, { horizons: reach, entryAges })
  const last = panel.years - 1
  const mean = Float64Array.from(rolled.paths[last]!)
  roundOverTree(panel, reach, mean)
  const bands = empiricalBands(rolled.residuals, last, bandWidening(rolled.residuals, last))
  const ground: Ground = { panel, rolled, mean, bands, reach, asOf }
  const rows: PanelForecastRow[] = []
  const gaps: Missing[] = []
  for (let unit = 0; unit < published; unit++) {
    for (const horizon of horizons) rows.push(...unitRows(ground, unit, horizon))
    gaps.push(...missingOf(ground, unit))
  }
  return {
    rows,
    backTest: backTest(panel, rolled.paths, reach, reach, levelNames(panel), false),
    coverage: bandCoverage(rolled.residuals),
    breaks: rolled.breaks
      .filter((found) => found.unit < published)
      .map((found) => ({ ...found, unit: whole.units[found.unit]! })),
    missing: gaps,
  }
}

interface Ground {
  readonly panel: PreparedPanel
  readonly rolled: RollingOrigins
  readonly mean: Float64Array
  readonly bands: EmpiricalBands
  readonly reach: number
  readonly asOf: SchoolYear
}

function unitRows(ground: Ground, unit: number, horizon: number): PanelForecastRow[] {
  const { panel, mean, bands, reach, asOf } = ground
  const kindOf = (grade: number): number =>
    panel.source[grade]! < 0 ? residualKinds.entry : residualKinds.moving
  const rows: PanelForecastRow[] = []
  const add = (grade: string, kind: number, central: number, method: string): void => {
    const band = bands.of(unitClass(panel, unit), kind, horizon, central)
    rows.push({
      unit: panel.panel.units[unit]!,
      grade,
      year: asOf + horizon,
      horizon,
      mean: central,
      lo80: central === 0 ? 0 : Math.max(0, Math.min(central, Math.round(central * Math.exp(band.lo)))),
      hi80: central === 0 ? 0 : Math.max(central, Math.round(central * Math.exp(band.hi))),
      method: bands.count > 0 ? method : `${method}+assumed-band`,
    })
  }
  let total = 0
  panel.panel.grades.forEach((name, grade) => {
    const central = mean[(unit * reach + horizon - 1) * panel.grades + grade]!
    if (Number.isNaN(central)) return
    total += central
    add(name, kindOf(grade), central, methodOf(ground, unit, grade))
  })
  const whole = rows.length === panel.grades
  if (rows.length > 0)
    add(totalGrade, residualKinds.total, total, whole ? 'sum-of-grades' : 'sum-of-known-grades')
  return rows
}

/** The chosen method in a word: how much comes from the grade below, and whether the start was filled in. */
function methodOf(ground: Ground, unit: number, grade: number): string {
  const { panel, rolled } = ground
  const cell = (unit * panel.years + panel.years - 1) * panel.grades + grade
  const mix = rolled.weights[unitClass(panel, unit)]![grade]!.mix
  const fed = panel.source[grade]! >= 0 && panel.filled[cell - grade + panel.source[grade]!]! > 0
  const entry = panel.births ? 'entry-births' : 'entry-drift'
  const method = !fed || mix < 0.05 ? entry : mix > 0.95 ? 'progression' : `progression-${entry}`
  return panel.observed[cell] ? method : `${method}+filled`
}

function missingOf(ground: Ground, unit: number): Missing[] {
  const { panel, mean, reach, asOf } = ground
  const gone = panel.panel.grades.filter((_, grade) =>
    Number.isNaN(mean[unit * reach * panel.grades + grade]!),
  )
  if (gone.length === 0) return []
  return [missing(`${gone.join('、')} 在校生`, panel.panel.units[unit]!, { since: String(asOf) })]
}

function levelNames(panel: PreparedPanel): string[] {
  return Array.from({ length: panel.named }, (_, unit) => {
    let depth = 1
    for (
      let above = panel.tree.parent[unit]!;
      above >= 0 && above < panel.named;
      above = panel.tree.parent[above]!
    )
      depth++
    return `第${depth}层`
  })
}
