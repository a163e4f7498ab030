import { linearTrend } from './baselines/linear-trend.ts'
import { bookMiss, type ChoiceLedger, earnedWeights, originWeight } from './choice-ledger.ts'
import { type PreparedPanel, unitClass } from './prepared-panel.ts'

/** Years of a unit's total that its own trend is read from. */
const trendYears = 4
/** A total is never moved by more than this factor, either way. */
const mostMove = 1.25

/** 合计掺合备选 — shares of the sum of grades, of the unit's own linear trend, and of last year's total. */
export const totalBlends: readonly (readonly [grades: number, trend: number, last: number])[] = [
  [1, 0, 0],
  [0.75, 0.25, 0],
  [0.5, 0.5, 0],
  [0.75, 0, 0.25],
  [0.5, 0, 0.5],
]

/**
 * 合计校正 — weighs the sum of a unit's grades against its own recent trend and its last total, and scales the
 * grades to the result, in place.
 *
 * Only without births: where births are known, they say what a trend can only guess. Beyond the horizons
 * that are scored the last scale is held. Grade errors of one unit share its moves in and out, which its total shows more plainly than any
 * grade. The blend is earned at past origins like every other choice; a unit with fewer than two
 * comparable years keeps the sum of its grades.
 */
export function temperTotals(
  panel: PreparedPanel,
  origin: number,
  horizons: number,
  paths: Float64Array,
  ledger: ChoiceLedger,
  scores: boolean,
): void {
  if (panel.births) return
  const weights = [0, 1].map((of) =>
    earnedWeights(ledger, of, 0, [0], { from: 0, to: totalBlends.length }, origin),
  )
  for (let unit = 0; unit < panel.units; unit++) {
    const series = comparableTotals(panel, origin, horizons, unit, paths)
    if (series.length < 2) continue
    const earned = weights[unitClass(panel, unit)]!
    let scale = 1
    for (let horizon = 1; horizon <= horizons; horizon++) {
      const row = (unit * horizons + horizon - 1) * panel.grades
      const sum = knownSum(paths, row, panel.grades)
      if (sum <= 0) continue
      if (horizon <= ledger.horizons) {
        const says = blendTotals(sum, series, horizon)
        if (scores) scoreTotals(panel, origin, unit, horizon, row, paths, says, ledger)
        const tempered = says.reduce((held, said, which) => held + said * earned[which]!, 0)
        scale = Math.min(mostMove, Math.max(1 / mostMove, tempered / sum))
      }
      for (let grade = 0; grade < panel.grades; grade++) paths[row + grade]! *= scale
    }
  }
}

function blendTotals(sum: number, series: readonly number[], horizon: number): number[] {
  const trend = Math.max(0, linearTrend(series, horizon))
  const last = series.at(-1)!
  return totalBlends.map(([ofGrades, ofTrend, ofLast]) => ofGrades * sum + ofTrend * trend + ofLast * last)
}

/** Totals of the last years over the grades that are projected, while each of them was known and the unit open. */
function comparableTotals(
  panel: PreparedPanel,
  origin: number,
  horizons: number,
  unit: number,
  paths: Float64Array,
): number[] {
  const first = unit * horizons * panel.grades
  const running = Array.from({ length: panel.grades }, (_, grade) => grade).filter(
    (grade) => !Number.isNaN(paths[first + grade]!),
  )
  const series: number[] = []
  for (let year = origin; year >= 0 && series.length < trendYears; year--) {
    const row = (unit * panel.years + year) * panel.grades
    const sum = running.reduce((held, grade) => held + panel.filled[row + grade]!, 0)
    if (!(sum > 0)) break
    series.unshift(sum)
  }
  return series
}

function knownSum(paths: Float64Array, row: number, grades: number): number {
  let sum = 0
  for (let grade = 0; grade < grades; grade++) sum += paths[row + grade]! || 0
  return sum
}

function scoreTotals(
  panel: PreparedPanel,
  origin: number,
  unit: number,
  horizon: number,
  row: number,
  paths: Float64Array,
  says: readonly number[],
  ledger: ChoiceLedger,
): void {
  const year = origin + horizon
  if (year >= panel.years || unit >= panel.named) return
  let actual = 0
  for (let grade = 0; grade < panel.grades; grade++) {
    if (Number.isNaN(paths[row + grade]!)) continue
    const cell = (unit * panel.years + year) * panel.grades + grade
    if (!panel.observed[cell]) return
    actual += panel.filled[cell]!
  }
  says.forEach((said, which) => {
    bookMiss(
      ledger,
      unitClass(panel, unit),
      0,
      which,
      horizon,
      year,
      Math.abs(said - actual),
      originWeight(origin),
    )
  })
}
