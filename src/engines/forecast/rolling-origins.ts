import { type BirthEntrySetting, birthEntrySettings } from './birth-entry.ts'
import { birthGrades } from './birth-grades.ts'
import { birthOutlook } from './birth-outlook.ts'
import { bookMiss, type ChoiceLedger, earnedWeights, openLedger, originWeight } from './choice-ledger.ts'
import { type CohortSteps, countCohortSteps } from './cohort-steps.ts'
import { empiricalBands } from './empirical-band.ts'
import { type PreparedPanel, unitClass } from './prepared-panel.ts'
import {
  type CandidateWitness,
  candidateRanges,
  choiceHorizons,
  type MethodWeights,
  mixes,
  projectOrigin,
  readOrigin,
} from './project-origin.ts'
import { reconcilePaths } from './reconcile-paths.ts'
import { recordMisses } from './record-misses.ts'
import { emptyResiduals, type Residuals } from './residual-pool.ts'
import { findBreaks, type StructuralBreak } from './structural-break.ts'
import { temperTotals, totalBlends } from './temper-totals.ts'

export interface RollingOptions {
  readonly horizons: number
  /** Ages at which the first grade may be entered; tried at past origins when births are given. */
  readonly entryAges: readonly number[]
  /** Sums of grades whose misses are recorded besides single grades; by default all grades together. */
  readonly groups?: readonly (readonly number[])[]
}

/** 滚动起点结果 — the projection made at every past origin with what was known then, and the last one. */
export interface RollingOrigins {
  readonly horizons: number
  /** `paths[origin]`, each `[(unit * horizons + h − 1) * grades + grade]`; absent before the first origin. */
  readonly paths: readonly (Float64Array | undefined)[]
  readonly breaks: readonly StructuralBreak[]
  /** The weights earned by the last origin, by unit class and grade. */
  readonly weights: readonly (readonly MethodWeights[])[]
  readonly residuals: Residuals
  /** The last origin projected again with another path of births; methods stay as chosen. */
  readonly alongBirths: (path: readonly number[]) => Float64Array
}

/**
 * 滚动起点推算 — walks through the years; at each, chooses methods by misses already known, projects, and
 * books the candidates' own misses for the years to come. Nothing is ever chosen with later data.
 */
export function rollOrigins(panel: PreparedPanel, options: RollingOptions): RollingOrigins {
  const steps = countCohortSteps(panel)
  const { breaks, sound } = findBreaks(panel, steps)
  const settings = panel.births ? birthEntrySettings(options.entryAges) : []
  const walk: Walk = { panel, options, settings, steps, sound, ...openBooks(panel, settings.length) }
  const groups = options.groups ?? [Array.from({ length: panel.grades }, (_, grade) => grade)]
  const paths: (Float64Array | undefined)[] = []
  const first = Math.min(1, panel.years - 1)
  for (let origin = 0; origin < panel.years; origin++) {
    if (origin < first) {
      paths.push(undefined)
      continue
    }
    const settled = projectFrom(walk, origin, origin < panel.years - 1)
    recordMisses(panel, origin, options.horizons, settled, groups, walk.residuals)
    paths.push(settled)
  }
  const last = panel.years - 1
  return {
    horizons: options.horizons,
    paths,
    breaks,
    weights: weightsAt(walk, last),
    residuals: walk.residuals,
    alongBirths: (path) => projectFrom(walk, last, false, path),
  }
}

/** What is carried from origin to origin. */
interface Walk extends Books {
  readonly panel: PreparedPanel
  readonly options: RollingOptions
  readonly settings: readonly BirthEntrySetting[]
  readonly steps: CohortSteps
  readonly sound: Uint8Array
}

interface Books {
  readonly ledger: ChoiceLedger
  readonly totals: ChoiceLedger
  readonly residuals: Residuals
}

function openBooks(panel: PreparedPanel, birthSettings: number): Books {
  return {
    ledger: openLedger(2, panel.grades, candidateRanges(birthSettings).total, choiceHorizons, panel.years),
    totals: openLedger(2, 1, totalBlends.length, choiceHorizons, panel.years),
    residuals: emptyResiduals(),
  }
}

function projectFrom(
  walk: Walk,
  origin: number,
  scores: boolean,
  birthPath?: readonly number[],
): Float64Array {
  const { panel, options, settings } = walk
  const outlook = birthOutlook(panel, origin, options.horizons, birthPath)
  const births = { outlook, settings, entryGrades: birthGrades(panel.panel.grades, panel.source) }
  const material = readOrigin(panel, walk.steps, walk.sound, origin, options.horizons, births)
  const weights = weightsAt(walk, origin)
  const witness = scores ? bookkeeper(panel, walk.ledger, origin) : undefined
  const own = projectOrigin(material, (unit, grade) => weights[unitClass(panel, unit)]![grade]!, witness)
  temperTotals(panel, origin, options.horizons, own, walk.totals, scores)
  return reconcilePaths(panel, options.horizons, own, empiricalBands(walk.residuals, origin))
}

function weightsAt(walk: Walk, origin: number): MethodWeights[][] {
  const births = walk.panel.panel.births
  const known = births !== undefined && births.firstYear <= walk.panel.panel.firstYear + origin
  return chosenWeights(walk.panel, walk.ledger, walk.settings.length, origin, known)
}

function bookkeeper(panel: PreparedPanel, ledger: ChoiceLedger, origin: number): CandidateWitness {
  return (unit, grade, horizon, says) => {
    const year = origin + horizon
    if (year >= panel.years || unit >= panel.named) return
    const cell = (unit * panel.years + year) * panel.grades + grade
    if (!panel.observed[cell]) return
    const actual = panel.filled[cell]!
    const whole = !Number.isNaN(says[0]!)
    for (let which = 0; which < says.length; which++) {
      const said = says[which]!
      if (Number.isNaN(said)) continue
      if (!whole && which >= says.length - 1 - mixes.length && which < says.length - 1) continue
      bookMiss(
        ledger,
        unitClass(panel, unit),
        grade,
        which,
        horizon,
        year,
        Math.abs(said - actual),
        originWeight(origin),
      )
    }
  }
}

function chosenWeights(
  panel: PreparedPanel,
  ledger: ChoiceLedger,
  birthSettings: number,
  origin: number,
  withBirths: boolean,
): MethodWeights[][] {
  const ranges = candidateRanges(birthSettings)
  const entry = withBirths ? ranges.entry : { from: ranges.entry.from, to: ranges.entry.to - birthSettings }
  const all = Array.from({ length: panel.grades }, (_, grade) => grade)
  return [0, 1].map((of) =>
    all.map((grade) => {
      const kin = all.filter((other) => panel.source[other]! < 0 === panel.source[grade]! < 0)
      const mixWeights = earnedWeights(ledger, of, grade, kin, ranges.mix, origin)
      return {
        progression: earnedWeights(ledger, of, grade, kin, ranges.progression, origin),
        entry: earnedWeights(ledger, of, grade, kin, entry, origin),
        mix: mixes.reduce((sum: number, mix, at) => sum + mix * mixWeights[at]!, 0),
      }
    }),
  )
}
