import type { PreparedPanel } from '../prepared-panel.ts'
import { gradesFromBelow } from '../project-origin.ts'

const window = 3

/**
 * 朴素升级率法 — each unit's own three-year mean ratios, unshrunk; entry grades take their three-year mean.
 *
 * A grade without a usable ratio keeps last year's figure.
 */
export function plainProgression(panel: PreparedPanel, origin: number, horizons: number): Float64Array {
  const paths = new Float64Array(panel.units * horizons * panel.grades).fill(Number.NaN)
  for (let unit = 0; unit < panel.named; unit++) {
    for (const grade of gradesFromBelow(panel.source))
      projectGrade(panel, origin, horizons, paths, unit, grade)
  }
  return paths
}

function projectGrade(
  panel: PreparedPanel,
  origin: number,
  horizons: number,
  paths: Float64Array,
  unit: number,
  grade: number,
): void {
  const past = (back: number, of: number): number =>
    origin - back < 0 ? Number.NaN : panel.filled[(unit * panel.years + origin - back) * panel.grades + of]!
  const now = past(0, grade)
  if (Number.isNaN(now)) return
  const from = panel.source[grade]!
  const ratio = from < 0 ? Number.NaN : mean(range.map((back) => past(back, grade) / past(back + 1, from)))
  const level = from < 0 ? mean(range.map((back) => past(back, grade))) : now
  for (let horizon = 1; horizon <= horizons; horizon++) {
    const below =
      from < 0
        ? Number.NaN
        : horizon === 1
          ? past(0, from)
          : paths[(unit * horizons + horizon - 2) * panel.grades + from]!
    const moved = ratio * below
    paths[(unit * horizons + horizon - 1) * panel.grades + grade] = Number.isNaN(moved) ? level : moved
  }
}

const range = Array.from({ length: window }, (_, back) => back)

function mean(values: readonly number[]): number {
  const known = values.filter((value) => Number.isFinite(value))
  return known.reduce((sum, value) => sum + value, 0) / known.length
}
