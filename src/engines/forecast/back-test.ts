import { type BaselineName, baselines } from './baselines/baseline.ts'
import type { PreparedPanel } from './prepared-panel.ts'

/** 回测方法 — ours and the five it is measured against. */
export type BackTestMethod = 'ours' | BaselineName

/** 回测汇总 — one method's misses over past origins: Σ|miss|, Σmiss and Σactual give WAPE and bias. */
export interface BackTestRow {
  /** A unit's index, or −1 for a whole level. */
  readonly unit: number
  readonly level: string
  readonly scope: 'grade' | 'total'
  readonly horizon: number
  readonly method: BackTestMethod
  readonly count: number
  readonly wape: number
  readonly bias: number
}

interface Tally {
  count: number
  missed: number
  lean: number
  actual: number
}

/**
 * 滚动回测 — every method projected from every past origin and held against what then came.
 *
 * WAPE = Σ|forecast − actual| / Σactual, bias = Σ(forecast − actual) / Σactual, over grades or unit
 * totals, only where the actual was observed and every method could speak. `paths` hold `stride` horizons a unit.
 * `levelOf[unit]` names the level; with `perUnit` each unit gets its own rows as well.
 */
export function backTest(
  panel: PreparedPanel,
  paths: readonly (Float64Array | undefined)[],
  horizons: number,
  stride: number,
  levelOf: readonly string[],
  perUnit: boolean,
): BackTestRow[] {
  const tallies = new Map<string, Tally>()
  for (let origin = 0; origin + 1 < panel.years; origin++) {
    const ours = paths[origin]
    if (!ours) continue
    const reach = Math.min(horizons, panel.years - 1 - origin)
    const rivals = baselines.map(
      (baseline) => [baseline.name, baseline.project(panel, origin, stride)] as const,
    )
    const methods: [BackTestMethod, Float64Array][] = [
      ['ours', ours],
      ...rivals.map(([name, path]): [BackTestMethod, Float64Array] => [name, path]),
    ]
    for (let unit = 0; unit < panel.named; unit++) {
      for (let horizon = 1; horizon <= reach; horizon++) {
        const level = levelOf[unit]!
        const into = (scope: string): Tally[][] =>
          methods.map(([method]) => {
            const rest = `${level}|${scope}|${horizon}|${method}`
            const whole = tallyOf(tallies, `-1|${rest}`)
            return perUnit ? [whole, tallyOf(tallies, `${unit}|${rest}`)] : [whole]
          })
        const ready = { grade: into('grade'), total: into('total') }
        holdAgainst(panel, methods, origin, unit, horizon, stride, (scope, method, said, actual) => {
          for (const held of ready[scope][method]!) tally(held, said, actual)
        })
      }
    }
  }
  return [...tallies].filter(([, held]) => held.count > 0).map(([key, held]) => row(key, held))
}

function holdAgainst(
  panel: PreparedPanel,
  methods: readonly [BackTestMethod, Float64Array][],
  origin: number,
  unit: number,
  horizon: number,
  horizons: number,
  book: (scope: 'grade' | 'total', method: number, said: number, actual: number) => void,
): void {
  const sums = methods.map(() => 0)
  let total = 0
  for (let grade = 0; grade < panel.grades; grade++) {
    const cell = (unit * panel.years + origin + horizon) * panel.grades + grade
    const says = methods.map(([, path]) => path[(unit * horizons + horizon - 1) * panel.grades + grade]!)
    if (!panel.observed[cell] || says.some((said) => Number.isNaN(said))) continue
    const actual = panel.filled[cell]!
    total += actual
    methods.forEach((_, at) => {
      sums[at]! += says[at]!
      book('grade', at, says[at]!, actual)
    })
  }
  if (total === 0) return
  methods.forEach((_, at) => {
    book('total', at, sums[at]!, total)
  })
}

function tallyOf(tallies: Map<string, Tally>, key: string): Tally {
  const held = tallies.get(key) ?? { count: 0, missed: 0, lean: 0, actual: 0 }
  tallies.set(key, held)
  return held
}

function tally(held: Tally, said: number, actual: number): void {
  held.count++
  held.missed += Math.abs(said - actual)
  held.lean += said - actual
  held.actual += actual
}

function row(key: string, held: Tally): BackTestRow {
  const [unit, level, scope, horizon, method] = key.split('|') as [
    string,
    string,
    'grade' | 'total',
    string,
    BackTestMethod,
  ]
  const base = held.actual > 0 ? held.actual : Number.NaN
  return {
    unit: Number(unit),
    level,
    scope,
    horizon: Number(horizon),
    method,
    count: held.count,
    wape: held.missed / base,
    bias: held.lean / base,
  }
}
