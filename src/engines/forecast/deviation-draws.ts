import { type EmpiricalBands, type LogBand, widest } from './empirical-band.ts'
import { type PreparedPanel, unitClass } from './prepared-panel.ts'
import { gradesFromBelow } from './project-origin.ts'
import { type Residuals, residualKinds } from './residual-pool.ts'
import { selectKth } from './select-kth.ts'

/** Years kept together when past years are drawn, so that luck that lasts stays together. */
const blockYears = 2
const mostStray = Math.exp(widest)

/** 抽样材料 — what a bootstrap of deviations needs. */
export interface DrawGround {
  readonly panel: PreparedPanel
  readonly horizons: number
  /** Sums of grades that get their own bands, after the single grades. */
  readonly groups: readonly (readonly number[])[]
  /** How much of a grade comes from the grade below, by grade, for units without units below. */
  readonly mix: readonly number[]
  /** One-step misses by past origin: `steps[which][unit * grades + grade]`, in logs, NaN unknown. */
  readonly steps: readonly Float64Array[]
  /** Past surprises in the yearly growth of births, in logs. */
  readonly birthShocks: readonly number[]
  /** For an entry grade and horizon, how many years its births lie beyond the last known ones. */
  readonly birthsAhead: (grade: number, horizon: number) => number
  readonly draws: number
  readonly chance: () => number
}

/** 抽样区间 — log distance of the 10 % and 90 % draws from the middle draw, `[(unit * horizons + h − 1) * slots + slot]`. */
export interface DrawnBands {
  readonly slots: number
  readonly lo: Float64Array
  readonly hi: Float64Array
}

/**
 * 残差分块自助抽样 — what the future looks like if past misses come again.
 *
 * Each draw walks through the years with blocks of two past years; all units and grades take the misses
 * of the same past year, so that what they had in common stays in common. A class that was missed
 * carries its miss up the grades: d(g,h) = (m·d(g−1,h−1) + (1−m)·d(g,h−1))·exp(miss). Entry cohorts
 * not yet born also take past surprises of births. Sums over grades and units are summed draw by draw. Bounds are
 * read from the middle draw: misses that leaned one way would else lean further every year, while the lean
 * they show at each horizon is known (`calibrateDraws`). No draw strays further than a factor of five.
 */
export function drawDeviations(ground: DrawGround, mean: Float64Array): DrawnBands {
  const { panel, horizons, groups, draws } = ground
  const slots = panel.grades + groups.length
  const lo = new Float64Array(panel.named * horizons * slots).fill(Number.NaN)
  const bands: DrawnBands = { slots, lo, hi: Float64Array.from(lo) }
  const state = { last: deviations(panel, draws), next: deviations(panel, draws) }
  const years = drawnYears(ground)
  const births = drawnBirths(ground)
  const factors = ground.steps.map((step) => step.map((miss) => Math.exp(miss)))
  const order = gradesFromBelow(panel.source)
  const keys = panel.named * slots
  const sums: DrawSums = { pupils: new Array(keys).fill(undefined), running: new Uint8Array(keys) }
  for (let horizon = 1; horizon <= horizons; horizon++) {
    sums.running.fill(0)
    for (let unit = 0; unit < panel.named; unit++) {
      if (unitClass(panel, unit) === 1) continue
      for (const grade of order) {
        const central = mean[(unit * horizons + horizon - 1) * panel.grades + grade]!
        if (!(central > 0)) continue
        const deviation = stepDeviation(ground, state, factors, years, births, unit, grade, horizon)
        addTo(sums, unit * slots + grade, deviation, central)
      }
    }
    sumUpwards(ground, sums, slots)
    readBands(ground, sums, horizon, bands)
    const spare = state.last
    state.last = state.next
    state.next = spare
  }
  return bands
}

/** Pupils of every draw, by `unit * slots + slot`; `running` marks the slots the unit has pupils in. */
interface DrawSums {
  readonly pupils: (Float64Array | undefined)[]
  readonly running: Uint8Array
}

function addTo(sums: DrawSums, key: number, values: Float64Array, times: number): void {
  sums.pupils[key] ??= new Float64Array(values.length)
  const sum = sums.pupils[key]!
  if (sums.running[key]) {
    for (let draw = 0; draw < sum.length; draw++) sum[draw]! += times * values[draw]!
  } else {
    for (let draw = 0; draw < sum.length; draw++) sum[draw] = times * values[draw]!
  }
  sums.running[key] = 1
}

/** From below: each unit's groups are summed from its grades, and its grades are handed to the unit above. */
function sumUpwards(ground: DrawGround, sums: DrawSums, slots: number): void {
  const { panel, groups } = ground
  for (let at = panel.tree.order.length - 1; at >= 0; at--) {
    const unit = panel.tree.order[at]!
    if (unit >= panel.named) continue
    const above = panel.tree.parent[unit]!
    for (let grade = 0; grade < panel.grades; grade++) {
      if (!sums.running[unit * slots + grade]) continue
      const own = sums.pupils[unit * slots + grade]!
      if (above >= 0 && above < panel.named) addTo(sums, above * slots + grade, own, 1)
      groups.forEach((group, which) => {
        if (group.includes(grade)) addTo(sums, unit * slots + panel.grades + which, own, 1)
      })
    }
  }
}

function deviations(panel: PreparedPanel, draws: number): Float64Array[] {
  return Array.from({ length: panel.named * panel.grades }, (_, cell) =>
    unitClass(panel, Math.floor(cell / panel.grades)) === 0
      ? new Float64Array(draws).fill(1)
      : new Float64Array(0),
  )
}

function drawnYears(ground: DrawGround): Int32Array {
  const { draws, horizons, steps, chance } = ground
  const years = new Int32Array(draws * horizons)
  for (let draw = 0; draw < draws; draw++) {
    let year = 0
    for (let step = 0; step < horizons; step++) {
      year = step % blockYears === 0 ? Math.floor(chance() * steps.length) : (year + 1) % steps.length
      years[step * draws + draw] = year
    }
  }
  return years
}

/** Running factor on births k years beyond the known ones: `[k * draws + draw]`. */
function drawnBirths(ground: DrawGround): Float64Array {
  const { draws, horizons, birthShocks, chance } = ground
  const births = new Float64Array((horizons + 1) * draws).fill(1)
  if (birthShocks.length === 0) return births
  for (let draw = 0; draw < draws; draw++) {
    let level = 0
    for (let ahead = 1; ahead <= horizons; ahead++) {
      level += birthShocks[Math.floor(chance() * birthShocks.length)]!
      births[ahead * draws + draw] = Math.exp(level)
    }
  }
  return births
}

function stepDeviation(
  ground: DrawGround,
  state: { last: Float64Array[]; next: Float64Array[] },
  factors: readonly Float64Array[],
  years: Int32Array,
  births: Float64Array,
  unit: number,
  grade: number,
  horizon: number,
): Float64Array {
  const { panel, draws } = ground
  const cell = unit * panel.grades + grade
  const from = panel.source[grade]!
  const own = state.last[cell]!
  const below = from < 0 ? own : state.last[unit * panel.grades + from]!
  const mix = from < 0 ? 0 : ground.mix[grade]!
  const next = state.next[cell]!
  const ahead = from < 0 ? ground.birthsAhead(grade, horizon) : 0
  const newborn = ahead > 0
  for (let draw = 0; draw < draws; draw++) {
    const factor = factors[years[(horizon - 1) * draws + draw]!]![cell]!
    const shock = newborn ? births[ahead * draws + draw]! / births[(ahead - 1) * draws + draw]! : 1
    const deviation = (mix * below[draw]! + (1 - mix) * own[draw]!) * factor * shock
    next[draw] = Math.min(mostStray, Math.max(1 / mostStray, deviation))
  }
  return next
}

function readBands(ground: DrawGround, sums: DrawSums, horizon: number, bands: DrawnBands): void {
  const { horizons, draws } = ground
  const middle = draws >> 1
  const low = Math.floor(0.1 * (draws - 1))
  const high = Math.ceil(0.9 * (draws - 1))
  sums.pupils.forEach((sum, key) => {
    if (!sum || !sums.running[key]) return
    const unit = Math.floor(key / bands.slots)
    const slot = key % bands.slots
    const at = (unit * horizons + horizon - 1) * bands.slots + slot
    const lower = selectKth(sum, low)
    const upper = selectKth(sum.subarray(low), high - low)
    const central = selectKth(sum.subarray(low, high + 1), middle - low)
    bands.lo[at] = Math.log(lower / central)
    bands.hi[at] = Math.log(upper / central)
  })
}

/** Bounds of what calibration may do to a drawn band. */
const least = 0.5
const most = 3

/**
 * 按回测校准 — scales each side of drawn bands so that, where past misses reach, it is as long as those misses say.
 *
 * For each class of unit, kind of figure and horizon up to `reach`, the middle unit's ratio of empirical
 * to drawn length, below and above; beyond, the last ratios stay. No side is left shorter than the allowance
 * for few years (`LogBand.least`), so that the mean stands inside its band.
 */
export function calibrateDraws(
  ground: DrawGround,
  mean: Float64Array,
  drawn: DrawnBands,
  empirical: EmpiricalBands,
  reach: number,
): void {
  for (const side of ['lo', 'hi'] as const) {
    const ratios = new Map<string, number[]>()
    visitDrawn(ground, mean, drawn, empirical, reach, (key, at, wanted, horizon) => {
      if (horizon > reach || drawn[side][at] === 0) return
      const ratio = wanted[side] / drawn[side][at]!
      const list = ratios.get(key)
      if (list) list.push(ratio)
      else ratios.set(key, [ratio])
    })
    const factors = new Map([...ratios].map(([key, list]) => [key, middle(list)]))
    visitDrawn(ground, mean, drawn, empirical, reach, (key, at, wanted) => {
      const length = Math.abs(drawn[side][at]!) * Math.min(most, Math.max(least, factors.get(key) ?? 1))
      drawn[side][at] = (side === 'lo' ? -1 : 1) * Math.max(length, wanted.least)
    })
  }
}

/** Every drawn bound, with the empirical band of its class, kind and horizon held at `reach`. */
function visitDrawn(
  ground: DrawGround,
  mean: Float64Array,
  drawn: DrawnBands,
  empirical: EmpiricalBands,
  reach: number,
  each: (key: string, at: number, wanted: LogBand, horizon: number) => void,
): void {
  const { panel, groups, horizons } = ground
  for (let unit = 0; unit < panel.named; unit++) {
    const of = unitClass(panel, unit)
    for (let horizon = 1; horizon <= horizons; horizon++) {
      const upTo = Math.min(horizon, reach)
      for (let slot = 0; slot < drawn.slots; slot++) {
        const at = (unit * horizons + horizon - 1) * drawn.slots + slot
        if (Number.isNaN(drawn.lo[at]!)) continue
        const kind = slotKind(panel, slot)
        const group = slot < panel.grades ? [slot] : groups[slot - panel.grades]!
        const row = (unit * horizons + horizon - 1) * panel.grades
        const central = group.reduce((held, grade) => held + (mean[row + grade]! || 0), 0)
        each(`${of}|${kind}|${upTo}`, at, empirical.of(of, kind, upTo, central), horizon)
      }
    }
  }
}

function middle(list: number[]): number {
  return selectKth(Float64Array.from(list), list.length >> 1)
}

function slotKind(panel: PreparedPanel, slot: number): number {
  if (slot >= panel.grades) return residualKinds.total
  return panel.source[slot]! < 0 ? residualKinds.entry : residualKinds.moving
}

/** 一步残差表 — one-step misses by past origin; what is unknown takes a miss of the same origin and kind by chance. */
export function oneStepMisses(
  panel: PreparedPanel,
  residuals: Residuals,
  widening: (kind: number) => number,
  chance: () => number,
): Float64Array[] {
  const origins = [...new Set(residuals.origin)].sort((a, b) => a - b)
  const steps = origins.map(() => new Float64Array(panel.named * panel.grades).fill(Number.NaN))
  const pools = origins.map((): number[][] => [[], []])
  for (let at = 0; at < residuals.miss.length; at++) {
    const kind = residuals.kind[at]!
    if (residuals.horizon[at] !== 1 || kind === residualKinds.total) continue
    const which = origins.indexOf(residuals.origin[at]!)
    const miss = residuals.miss[at]! * widening(kind)
    steps[which]![residuals.unit[at]! * panel.grades + residuals.grade[at]!] = miss
    if (residuals.unitClass[at] === 0) pools[which]![kind]!.push(miss)
  }
  steps.forEach((step, which) => {
    step.forEach((miss, cell) => {
      if (!Number.isNaN(miss)) return
      const pool = pools[which]![panel.source[cell % panel.grades]! < 0 ? 0 : 1]!
      step[cell] = pool.length > 0 ? pool[Math.floor(chance() * pool.length)]! : 0
    })
  })
  return steps
}
