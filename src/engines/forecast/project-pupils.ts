import { type Missing, missing } from '../../kernel/missing.ts'
import { adjustPaths } from './adjust-paths.ts'
import { backTest } from './back-test.ts'
import { bandWidening } from './band-widening.ts'
import {
  calibrateDraws,
  type DrawGround,
  type DrawnBands,
  drawDeviations,
  oneStepMisses,
} from './deviation-draws.ts'
import { type EmpiricalBands, empiricalBands } from './empirical-band.ts'
import { type EnrolmentPanel, panelAsOf } from './enrolment-panel.ts'
import { type PreparedPanel, preparePanel, unitClass } from './prepared-panel.ts'
import { projectionFlags } from './projection-flags.ts'
import type {
  ProjectedFigures,
  ProjectedScenario,
  Projection,
  ProjectionInput,
  ProjectionScenario,
} from './projection-input.ts'
import { residualKinds } from './residual-pool.ts'
import { type RollingOrigins, rollOrigins } from './rolling-origins.ts'
import { roundOverTree } from './round-over-tree.ts'
import { seededChance } from './seeded-chance.ts'

/** Horizons over which our own record is printed. */
const recordHorizons = 5

/**
 * 学龄人口推算 — pupils by unit, grade and school year under each scenario, with 80 % bands and our own record.
 *
 * Means: grade progression and births, chosen by rolling origins, reconciled over the tree, adjusted by
 * scenario, housing and overrides, then whole pupils that add up. Bands: past misses, drawn in blocks of
 * years (`draws` > 0) or read as quantiles (`draws` = 0). Nothing after `asOf` is read. Same input and
 * seed, same output.
 */
export function projectPupils(input: ProjectionInput): Projection {
  const horizons = input.until - input.asOf
  const panel = preparePanel(panelAsOf(panelOf(input), input.asOf))
  const groups = input.stages.map((stage) => stage.grades)
  const rolled = rollOrigins(panel, { horizons, entryAges: input.entryAges, groups })
  const widening = bandWidening(rolled.residuals, panel.years - 1)
  const empirical = empiricalBands(rolled.residuals, panel.years - 1, widening)
  const ground: ScenarioGround = { input, panel, rolled, horizons, widening, empirical }
  const scenarios = input.scenarios.map((scenario) => projectScenario(ground, scenario))
  return {
    asOf: input.asOf,
    firstYear: input.asOf + 1,
    years: horizons,
    scenarios,
    backTest: backTest(panel, rolled.paths, Math.min(recordHorizons, horizons), horizons, input.levels, true),
    flags: projectionFlags(input, panel, rolled.breaks),
    notes: missingInputs(input, panel),
  }
}

function panelOf(input: ProjectionInput): EnrolmentPanel {
  const present = input.present ?? rowsWithFigures(input)
  return {
    units: input.units,
    parent: input.parent,
    grades: input.grades,
    source: input.source,
    firstYear: input.firstYear,
    years: input.years,
    cells: input.enrolment,
    present,
    births: input.births,
  }
}

function rowsWithFigures(input: ProjectionInput): Uint8Array {
  const present = new Uint8Array(input.units.length * input.years)
  input.enrolment.forEach((value, cell) => {
    if (!Number.isNaN(value)) present[Math.floor(cell / input.grades.length)] = 1
  })
  return present
}

interface ScenarioGround {
  readonly input: ProjectionInput
  readonly panel: PreparedPanel
  readonly rolled: RollingOrigins
  readonly horizons: number
  readonly widening: (kind: number) => number
  readonly empirical: EmpiricalBands
}

function projectScenario(ground: ScenarioGround, scenario: ProjectionScenario): ProjectedScenario {
  const { input, panel, rolled, horizons } = ground
  const central = scenario.birthPath ? rolled.alongBirths(scenario.birthPath) : rolled.paths[panel.years - 1]!
  const mean = adjustPaths({ panel, horizons, input, scenario }, central)
  roundOverTree(panel, horizons, mean)
  const bands = input.draws > 0 ? drawnBands(ground, mean) : quantileBands(ground, mean)
  const single = input.grades.map((_, grade) => [grade])
  const stages = input.stages.map((stage) => stage.grades)
  return {
    id: scenario.id,
    byGrade: figures(panel, horizons, mean, bands, single, 0),
    byStage: figures(panel, horizons, mean, bands, stages, panel.grades),
  }
}

function drawnBands(ground: ScenarioGround, mean: Float64Array): DrawnBands {
  const { input, panel, rolled, horizons, widening, empirical } = ground
  const chance = seededChance(input.seed)
  const steps = oneStepMisses(panel, rolled.residuals, widening, chance)
  if (steps.length === 0) return quantileBands(ground, mean)
  const draw: DrawGround = {
    panel,
    horizons,
    groups: input.stages.map((stage) => stage.grades),
    mix: rolled.weights[0]!.map((weights) => weights.mix),
    steps,
    birthShocks: birthSurprises(panel),
    birthsAhead: (_, horizon) => birthsBeyond(input, panel, horizon),
    draws: input.draws,
    chance,
  }
  const drawn = drawDeviations(draw, mean)
  calibrateDraws(
    draw,
    mean,
    drawn,
    empirical,
    Math.max(1, Math.min(recordHorizons, panel.years - 4, horizons)),
  )
  return drawn
}

/** Years by which an entry cohort lies beyond the last known births; 0 while they are known. */
function birthsBeyond(input: ProjectionInput, panel: PreparedPanel, horizon: number): number {
  const births = panel.panel.births
  if (!births) return 0
  const age = Math.min(...input.entryAges)
  return Math.max(0, input.asOf + horizon - age - (births.firstYear + births.years - 1))
}

/** How far each year's growth of all births lay from the year before's, in logs. */
function birthSurprises(panel: PreparedPanel): number[] {
  const births = panel.panel.births
  if (!births || !panel.births) return []
  const root = panel.tree.order[0]!
  const all = panel.births.subarray(root * births.years, (root + 1) * births.years)
  const growth = Array.from(all.subarray(1), (value, at) => Math.log(value / all[at]!))
  return growth
    .slice(1)
    .map((value, at) => value - growth[at]!)
    .filter((value) => Number.isFinite(value))
}

/** Bands read straight from past misses, for units too many to draw. */
function quantileBands(ground: ScenarioGround, mean: Float64Array): DrawnBands {
  const { input, panel, horizons, empirical } = ground
  const slots = [...input.grades.map((_, grade) => [grade]), ...input.stages.map((stage) => stage.grades)]
  const lo = new Float64Array(panel.named * horizons * slots.length)
  const hi = new Float64Array(lo.length)
  for (let row = 0; row < panel.named * horizons; row++) {
    const unit = Math.floor(row / horizons)
    slots.forEach((group, slot) => {
      const central = group.reduce((sum, grade) => sum + (mean[row * panel.grades + grade]! || 0), 0)
      const entering = panel.source[group[0]!]! < 0 ? residualKinds.entry : residualKinds.moving
      const kind = slot < panel.grades ? entering : residualKinds.total
      const band = empirical.of(unitClass(panel, unit), kind, (row % horizons) + 1, central)
      lo[row * slots.length + slot] = band.lo
      hi[row * slots.length + slot] = band.hi
    })
  }
  return { slots: slots.length, lo, hi }
}

function figures(
  panel: PreparedPanel,
  horizons: number,
  mean: Float64Array,
  bands: DrawnBands,
  groups: readonly (readonly number[])[],
  firstSlot: number,
): ProjectedFigures {
  const size = panel.named * horizons * groups.length
  const out = { mean: new Float64Array(size), lo80: new Float64Array(size), hi80: new Float64Array(size) }
  for (let row = 0; row < panel.named * horizons; row++) {
    groups.forEach((group, which) => {
      const known = group.filter((grade) => !Number.isNaN(mean[row * panel.grades + grade]!))
      const central =
        known.length === 0
          ? Number.NaN
          : known.reduce((sum, grade) => sum + mean[row * panel.grades + grade]!, 0)
      const slot = row * bands.slots + firstSlot + which
      const at = row * groups.length + which
      out.mean[at] = central
      out.lo80[at] = central === 0 ? 0 : Math.max(0, Math.round(central * Math.exp(bands.lo[slot]!)))
      out.hi80[at] = central === 0 ? 0 : Math.round(central * Math.exp(bands.hi[slot]!))
    })
  }
  return out
}

/** What the projection had to do without: births, and figures it filled in for estimation. */
function missingInputs(input: ProjectionInput, panel: PreparedPanel): Missing[] {
  const notes: Missing[] = []
  if (!panel.births) notes.push(missing('历年出生人口', '全部单位', { owedBy: '卫健、公安部门' }))
  const last = panel.years - 1
  for (let unit = 0; unit < panel.named; unit++) {
    const filled = input.grades.filter((_, grade) => {
      const cell = (unit * panel.years + last) * panel.grades + grade
      return !panel.observed[cell] && !Number.isNaN(panel.filled[cell]!)
    })
    if (filled.length === 0 || unitClass(panel, unit) === 1) continue
    notes.push(
      missing(`${filled.join('、')} 在校生(推算以往年补估)`, input.units[unit]!, {
        since: String(input.asOf),
      }),
    )
  }
  return notes
}
