import type { Projection } from '../../engines/forecast/projection-input.ts'
import { type Missing, missing } from '../../kernel/missing.ts'
import { stages } from '../../kernel/stage.ts'
import { allBirths } from './assemble-ground.ts'
import type { ForecastGround, ForecastValue } from './forecast-ground.ts'

const empty = { grade: '', mean: null, lo80: null, hi80: null, missing: null } as const

/** 需求值 — pupils expected by unit, stage, year and scenario; stages a unit does not run have no value. */
export function demandValues(projection: Projection): ForecastValue[] {
  const values: ForecastValue[] = []
  for (const scenario of projection.scenarios) {
    const { mean, lo80, hi80 } = scenario.byStage
    mean.forEach((pupils, at) => {
      if (Number.isNaN(pupils)) return
      const row = Math.floor(at / stages.length)
      values.push({
        ...empty,
        unit: Math.floor(row / projection.years),
        measure: 'demand',
        stage: stages[at % stages.length]!,
        year: projection.firstYear + (row % projection.years),
        scenario: scenario.id,
        mean: pupils,
        lo80: lo80[at]!,
        hi80: hi80[at]!,
      })
    })
  }
  return values
}

/**
 * 回测记录 — how wrong each method was in the past: measure `wape-<method>`, the year column holding the horizon.
 *
 * Unit totals over all stages; `level-wape-<method>` at the root holds the same for all units of a level, the
 * level's name standing in `grade`.
 */
export function recordValues(projection: Projection, ground: ForecastGround): ForecastValue[] {
  const root = ground.units.findIndex(({ parent }) => parent < 0)
  return projection.backTest
    .filter(({ scope, wape }) => scope === 'total' && Number.isFinite(wape))
    .map(({ unit, level, horizon, method, wape }) => ({
      ...empty,
      unit: unit < 0 ? root : unit,
      measure: `${unit < 0 ? 'level-wape' : 'wape'}-${method}`,
      stage: '',
      grade: unit < 0 ? level : '',
      year: horizon,
      scenario: '',
      mean: wape,
    }))
}

/** 标记与缺数据 — structural breaks as `flag-<kind>`, and what the projection had to do without as `note`. */
export function noteValues(projection: Projection, ground: ForecastGround): ForecastValue[] {
  const flags = projection.flags
    .filter(({ kind }) => kind === 'opened' || kind === 'closed' || kind === 'jump')
    .map(({ unit, kind, year }) => ({
      ...empty,
      unit,
      measure: `flag-${kind}`,
      stage: '',
      year,
      scenario: '',
      mean: 1,
    }))
  return [...distinct(flags), ...missingValues(projection, ground)]
}

function missingValues(projection: Projection, ground: ForecastGround): ForecastValue[] {
  const root = ground.units.findIndex(({ parent }) => parent < 0)
  const byId = new Map(ground.units.map(({ unitId }, index) => [String(unitId), index]))
  const counties = ground.units.flatMap(({ level }, unit) => (level === 'county' ? [unit] : []))
  const notes: { unit: number; missing: Missing }[] = [
    ...ground.notes,
    ...projection.notes.flatMap((note) => {
      // Owed by every county, so that each county's own board names it.
      if (note.of === allBirths && counties.length > 0)
        return counties.map((unit) => ({ unit, missing: missing(note.of, ground.units[unit]!.name, note) }))
      const unit = byId.get(note.where)
      const where = unit === undefined ? note.where : (ground.units[unit]?.name ?? note.where)
      return { unit: unit ?? root, missing: missing(note.of, where, note) }
    }),
  ]
  return notes.map((note, index) => ({
    ...empty,
    unit: note.unit,
    measure: 'note',
    stage: '',
    grade: String(index),
    year: projection.asOf,
    scenario: '',
    missing: note.missing,
  }))
}

/** The same unit may break twice in a year, once per stage. */
function distinct(values: readonly ForecastValue[]): ForecastValue[] {
  return [...new Map(values.map((value) => [`${value.unit}|${value.measure}|${value.year}`, value])).values()]
}
