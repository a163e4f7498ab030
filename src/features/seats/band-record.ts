import { bandCoverage } from '../../engines/forecast/band-coverage.ts'
import { rollOrigins } from '../../engines/forecast/rolling-origins.ts'
import type { ForecastTask, ForecastValue } from './forecast-ground.ts'
import { panelOf, plainInput } from './project-task.ts'

/**
 * 区间记录 — how often the actual lay inside the band that could be set at the time: measure `coverage`, the year
 * column holding the horizon.
 *
 * Stage totals of all units of the run together, so one figure for each horizon; it stands at the city and at
 * every county, because a county reads nothing of the city's.
 */
export function bandRecord(task: ForecastTask): ForecastValue[] {
  const input = plainInput(task)
  if (!input) return []
  const { residuals } = rollOrigins(panelOf(input), {
    horizons: input.until - input.asOf,
    entryAges: input.entryAges,
    groups: input.stages.map(({ grades }) => grades),
  })
  const totals = bandCoverage(residuals).filter(({ scope, count }) => scope === 'total' && count > 0)
  return task.ground.units.flatMap(({ level }, unit) =>
    level === 'township' || level === 'institution'
      ? []
      : totals.map(({ horizon, count, inside }) => ({
          unit,
          measure: 'coverage',
          stage: '',
          grade: '',
          year: horizon,
          scenario: '',
          mean: inside / count,
          lo80: null,
          hi80: null,
          missing: null,
        })),
  )
}
