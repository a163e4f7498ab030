import { birthCohort, cutOffShare } from './birth-cohort.ts'
import { arrivalRates, type BirthEntrySetting } from './birth-entry.ts'
import { type BirthOutlook, birthsAt } from './birth-outlook.ts'
import type { CohortSteps } from './cohort-steps.ts'
import { dampedGrowth, entryAnchor, entryDrift, entrySettings } from './entry-path.ts'
import { type GradeStanding, gradeStanding, shareGoingOn } from './grade-standing.ts'
import type { PreparedPanel } from './prepared-panel.ts'
import {
  type ProgressionRatios,
  progressionRatios,
  progressionSettings,
  weighSteps,
  weightings,
} from './progression-ratio.ts'

/** 选法年数 — methods are chosen by their misses up to three years ahead; longer horizons follow the same choice. */
export const choiceHorizons = 3

/** 升级与入口的掺合比例 — how much of a grade's forecast comes from the grade below. */
export const mixes = [0, 0.25, 0.5, 0.75, 1] as const

/** 起点材料 — all that is read from the panel at one origin, for every candidate. */
export interface OriginMaterial {
  readonly panel: PreparedPanel
  readonly origin: number
  readonly horizons: number
  readonly ratios: readonly ProgressionRatios[]
  readonly drift: { readonly own: Float64Array; readonly pooled: Float64Array }
  readonly outlook?: BirthOutlook
  readonly arrivals: readonly { readonly setting: BirthEntrySetting; readonly rates: Float64Array }[]
}

/** 选定权重 — weights over the candidates, for one unit class and grade. */
export interface MethodWeights {
  readonly progression: Float64Array
  readonly entry: Float64Array
  readonly mix: number
}

/** 候选落账 — told what every candidate says for a cell, so that misses can be booked. */
export type CandidateWitness = (unit: number, grade: number, horizon: number, says: Float64Array) => void

/** 读起点材料 — ratios, drifts and arrival rates at an origin. */
export function readOrigin(
  panel: PreparedPanel,
  steps: CohortSteps,
  sound: Uint8Array,
  origin: number,
  horizons: number,
  births: { outlook?: BirthOutlook; settings: readonly BirthEntrySetting[]; entryGrades: readonly number[] },
): OriginMaterial {
  const { outlook, settings, entryGrades } = births
  const weighed = new Map(
    weightings.map((weights) => [weights, weighSteps(panel, steps, sound, origin, weights)]),
  )
  return {
    panel,
    origin,
    horizons,
    ratios: progressionSettings.map((setting) =>
      progressionRatios(panel, weighed.get(setting.weights)!, setting),
    ),
    drift: entryDrift(panel, origin),
    outlook,
    arrivals: outlook
      ? settings.map((setting) => ({
          setting,
          rates: arrivalRates(panel, outlook, origin, setting, cutOffShare, entryGrades),
        }))
      : [],
  }
}

/** 候选排位 — where each kind of candidate stands in the ledger: moving up, entering, mixing, and last year's figure. */
export function candidateRanges(birthSettings: number): {
  progression: { from: number; to: number }
  entry: { from: number; to: number }
  mix: { from: number; to: number }
  naive: number
  total: number
} {
  const up = progressionSettings.length
  const entry = up + entrySettings.length + birthSettings
  const mix = entry + mixes.length
  return {
    progression: { from: 0, to: up },
    entry: { from: up, to: entry },
    mix: { from: entry, to: mix },
    naive: mix,
    total: mix + 1,
  }
}

/**
 * 单起点推算 — projects every unit, grade and horizon from one origin, parents first, grades from below.
 *
 * Ê(g,h) = m·r̂·Ê(g−1,h−1) + (1−m)·entry(g,h), with m, r̂ and the entry path the earned averages of their
 * candidates. Returns `[(unit * horizons + h − 1) * grades + grade]`; NaN where the grade is absent.
 */
export function projectOrigin(
  material: OriginMaterial,
  weightsOf: (unit: number, grade: number) => MethodWeights,
  witness?: CandidateWitness,
): Float64Array {
  const { panel, origin, horizons } = material
  const paths = new Float64Array(panel.units * horizons * panel.grades).fill(Number.NaN)
  const goesOn = shareGoingOn(panel, origin)
  for (const unit of panel.tree.order) {
    for (const grade of gradesFromBelow(panel.source)) {
      const standing = gradeStanding(panel, origin, unit, grade, goesOn)
      if (standing === 'absent') continue
      const cell: CellAt = { material, paths, unit, grade, weights: weightsOf(unit, grade) }
      if (standing === 'shut') fillPath(cell, () => 0)
      else if (standing === 'opening') fillPath(cell, (h) => cohortBelow(cell, h) * ownRatio(cell, h) || 0)
      else projectCell(cell, standing, witness)
    }
  }
  return paths
}

interface CellAt {
  readonly material: OriginMaterial
  readonly paths: Float64Array
  readonly unit: number
  readonly grade: number
  readonly weights: MethodWeights
}

function fillPath(cell: CellAt, value: (horizon: number) => number): void {
  const { horizons, panel } = cell.material
  for (let horizon = 1; horizon <= horizons; horizon++) {
    cell.paths[(cell.unit * horizons + horizon - 1) * panel.grades + cell.grade] = value(horizon)
  }
}

/** Pupils of the grade below a year earlier: observed at the origin, projected after it. */
function cohortBelow(cell: CellAt, horizon: number): number {
  const { panel, origin, horizons } = cell.material
  const from = panel.source[cell.grade]!
  if (from < 0) return Number.NaN
  if (horizon === 1) return panel.filled[(cell.unit * panel.years + origin) * panel.grades + from]!
  return cell.paths[(cell.unit * horizons + horizon - 2) * panel.grades + from]!
}

/** Moving in or out is carried on in full for this many years, then halves its pull each year. */
const driftYears = 5
/** A candidate that has earned less than this takes no part. */
const negligible = 1e-9

function ratioOf(cell: CellAt, from: ProgressionRatios, horizon: number): number {
  const ratio = from.ratios[cell.unit * cell.material.panel.grades + cell.grade]!
  if (horizon <= driftYears) return ratio
  return ratio / from.effects[cell.unit]! ** (1 - 0.5 ** (horizon - driftYears))
}

/** The earned average of the candidates that know a ratio; NaN when none does. */
function ownRatio(cell: CellAt, horizon: number): number {
  const { weights, material } = cell
  let sum = 0
  let held = 0
  weights.progression.forEach((weight, which) => {
    if (weight < negligible) return
    const ratio = ratioOf(cell, material.ratios[which]!, horizon)
    if (Number.isNaN(ratio)) return
    sum += weight * ratio
    held += weight
  })
  return sum / held
}

function projectCell(cell: CellAt, standing: GradeStanding, witness?: CandidateWitness): void {
  const { material, unit, grade, weights } = cell
  const entries = entryPaths(cell)
  const width = entrySettings.length + material.arrivals.length
  const ranges = candidateRanges(material.arrivals.length)
  const says = witness && new Float64Array(ranges.total)
  const most = mostGrowth * peakOf(cell)
  const steady = standing === 'entering' ? Number.NaN : ownRatio(cell, 1)
  fillPath(cell, (horizon) => {
    const row = entries.subarray((horizon - 1) * width, horizon * width)
    const entry = weights.entry.reduce((sum, weight, which) => sum + weight * row[which]!, 0)
    const below = cohortBelow(cell, horizon)
    const held = standing === 'entering' || horizon <= driftYears
    const moved = (held ? steady : ownRatio(cell, horizon)) * below
    if (says && horizon <= choiceHorizons) {
      says.fill(Number.NaN)
      if (standing !== 'entering')
        material.ratios.forEach((of, which) => {
          says[which] = ratioOf(cell, of, horizon) * below
        })
      says.set(row, ranges.entry.from)
      if (!Number.isNaN(moved))
        mixes.forEach((mix, which) => {
          says[ranges.mix.from + which] = mix * moved + (1 - mix) * entry
        })
      says[ranges.naive] = row[0]!
      witness(unit, grade, horizon, says)
    }
    const mix = Number.isNaN(moved) ? 0 : standing === 'fading' ? 1 : weights.mix
    return Math.min(most, mix * (moved || 0) + (1 - mix) * entry)
  })
}

/** No grade is projected above this many times its fullest year: a ratio off a handful of pupils is not carried to thousands. */
const mostGrowth = 4

function peakOf(cell: CellAt): number {
  const { panel, origin } = cell.material
  let peak = 0
  for (let year = 0; year <= origin; year++) {
    const value = panel.filled[(cell.unit * panel.years + year) * panel.grades + cell.grade]!
    if (value > peak) peak = value
  }
  return peak
}

/** What each entry candidate says for a cell: `[(h − 1) * candidates + candidate]`. */
function entryPaths(cell: CellAt): Float64Array {
  const { panel, origin, horizons, drift, arrivals } = cell.material
  const width = entrySettings.length + arrivals.length
  const says = new Float64Array(horizons * width)
  entrySettings.forEach((setting, which) => {
    const at = cell.unit * panel.grades + cell.grade
    const slope =
      setting.drift === 'own' ? drift.own[at]! : setting.drift === 'pooled' ? drift.pooled[at]! : 0
    const anchor = entryAnchor(panel, origin, cell.unit, cell.grade, setting.anchor, slope)
    for (let horizon = 1; horizon <= horizons; horizon++) {
      const growth =
        setting.drift === 'parent'
          ? parentGrowth(cell, horizon)
          : dampedGrowth(slope, setting.damping, horizon)
      says[(horizon - 1) * width + which] = anchor * growth
    }
  })
  arrivals.forEach((arrival, which) => {
    for (let horizon = 1; horizon <= horizons; horizon++) {
      const due = dueByBirths(cell, arrival, horizon)
      const row = (horizon - 1) * width
      says[row + entrySettings.length + which] = Number.isNaN(due) ? says[row]! : due
    }
  })
  return says
}

function parentGrowth(cell: CellAt, horizon: number): number {
  const { panel, origin, horizons } = cell.material
  const above = panel.tree.parent[cell.unit]!
  if (above < 0) return 1
  const now = panel.filled[(above * panel.years + origin) * panel.grades + cell.grade]!
  const then = cell.paths[(above * horizons + horizon - 1) * panel.grades + cell.grade]!
  return now > 0 && then > 0 ? then / now : 1
}

function dueByBirths(cell: CellAt, arrival: OriginMaterial['arrivals'][number], horizon: number): number {
  const { panel, origin, outlook } = cell.material
  const rate = arrival.rates[cell.unit * panel.grades + cell.grade]!
  if (!outlook || Number.isNaN(rate)) return Number.NaN
  const year = panel.panel.firstYear + origin + horizon
  return (
    rate *
    birthCohort((y) => birthsAt(outlook, cell.unit, y), year, arrival.setting.age + cell.grade, cutOffShare)
  )
}

/** 自下而上的年级次序 — grades ordered so that each stands after the one that feeds it. */
export function gradesFromBelow(source: Int32Array): number[] {
  const placed = new Set<number>()
  const order: number[] = []
  while (order.length < source.length) {
    const before = order.length
    source.forEach((from, grade) => {
      if (placed.has(grade) || (from >= 0 && !placed.has(from))) return
      placed.add(grade)
      order.push(grade)
    })
    if (order.length === before) break
  }
  return order
}
