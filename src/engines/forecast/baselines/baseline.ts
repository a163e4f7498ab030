import type { PreparedPanel } from '../prepared-panel.ts'
import { greyModel } from './grey-model.ts'
import { lastYear } from './last-year.ts'
import { linearTrend } from './linear-trend.ts'
import { plainProgression } from './plain-progression.ts'
import { simpleSmoothing } from './simple-smoothing.ts'

export type BaselineName = 'naive' | 'linear' | 'progression' | 'smoothing' | 'gm11'

/** 基准方法 — a plain way of forecasting, projected as ours is: `[(unit * horizons + h − 1) * grades + grade]`. */
export interface Baseline {
  readonly name: BaselineName
  readonly project: (panel: PreparedPanel, origin: number, horizons: number) => Float64Array
}

/** A baseline that looks at one grade's own series. */
function ofSeries(
  name: BaselineName,
  forecast: (series: readonly number[], horizon: number) => number,
): Baseline {
  return {
    name,
    project: (panel, origin, horizons) => {
      const paths = new Float64Array(panel.units * horizons * panel.grades).fill(Number.NaN)
      for (let unit = 0; unit < panel.named; unit++) {
        for (let grade = 0; grade < panel.grades; grade++) {
          const series = seriesUpTo(panel, unit, grade, origin)
          for (let horizon = 1; horizon <= horizons && series.length > 0; horizon++) {
            const value = forecast(series, horizon)
            paths[(unit * horizons + horizon - 1) * panel.grades + grade] = Math.max(0, value)
          }
        }
      }
      return paths
    },
  }
}

/** The unbroken run of known figures that ends at the origin, oldest first. */
function seriesUpTo(panel: PreparedPanel, unit: number, grade: number, origin: number): number[] {
  const series: number[] = []
  for (let year = origin; year >= 0; year--) {
    const value = panel.filled[(unit * panel.years + year) * panel.grades + grade]!
    if (Number.isNaN(value)) break
    series.unshift(value)
  }
  return series
}

/** 五种基准 — last year, four-year line, plain grade progression, simple exponential smoothing, GM(1,1). */
export const baselines: readonly Baseline[] = [
  ofSeries('naive', lastYear),
  ofSeries('linear', linearTrend),
  { name: 'progression', project: plainProgression },
  ofSeries('smoothing', simpleSmoothing),
  ofSeries('gm11', greyModel),
]
