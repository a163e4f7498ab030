import type {
  HousingAddition,
  ProjectionInput,
  PupilOverride,
  SeniorSplit,
} from '../../engines/forecast/projection-input.ts'
import type { SchoolYear } from '../../kernel/school-year.ts'
import { gradesOf } from '../../kernel/stage.ts'
import { type ForecastGround, type ForecastTask, forecastGrades } from './forecast-ground.ts'
import type { Assumptions } from './scenario-contract.ts'

/** 假设化为输入 — a scenario's housing, senior shares, overrides and drift in the engine's own terms. */
export function assumedInput(task: ForecastTask, plain: ProjectionInput): Partial<ProjectionInput> {
  if (!task.assumed) return {}
  const { assumptions, author } = task.assumed
  const at = new Map(task.ground.units.map(({ unitId }, index) => [unitId, index]))
  const drift = townDrift(task.ground, assumptions.townDrift, plain.asOf)
  return {
    scenarios: plain.scenarios.map((scenario) => ({ ...scenario, drift })),
    housing: housingAdditions(assumptions, at),
    splits: assumptions.seniorShares.map(
      ({ unitId, from, share, reason }): SeniorSplit => ({
        unit: at.get(unitId) as number,
        from,
        seniorShare: share,
        author,
        reason,
      }),
    ),
    overrides: assumptions.overrides.map(
      ({ unitId, year, grade, pupils, factor, reason }): PupilOverride => ({
        unit: at.get(unitId) as number,
        year,
        grade: forecastGrades.indexOf(grade),
        ...(pupils !== undefined && { pupils }),
        ...(factor !== undefined && { factor }),
        author,
        reason,
      }),
    ),
  }
}

/** 套数 × 每百套学生 ÷ 100, in equal parts over the grades of the stage. */
function housingAdditions(assumptions: Assumptions, at: ReadonlyMap<number, number>): HousingAddition[] {
  return assumptions.housing.flatMap(({ unitId, year, stage, dwellings, pupilsPer100 }) =>
    gradesOf[stage].map((grade) => ({
      unit: at.get(unitId) as number,
      year,
      grade: forecastGrades.indexOf(grade),
      pupils: (dwellings * pupilsPer100) / 100 / gradesOf[stage].length,
    })),
  )
}

/**
 * 向县城流动 — the yearly log change of each township's pupils when `share` of those outside the streets move in.
 *
 * Outside: ln(1 − share). Streets: ln(1 + share × outside ÷ streets), so that the county keeps its pupils in
 * the first year. A county without streets is left as it is.
 */
export function townDrift(ground: ForecastGround, share: number, year: SchoolYear): Float64Array {
  const drift = new Float64Array(ground.units.length)
  const pupils = pupilsIn(ground, year)
  ground.units.forEach((county, parent) => {
    if (county.level !== 'county') return
    const below = ground.units.flatMap((unit, index) => (unit.parent === parent ? [index] : []))
    const sum = (street: boolean) =>
      below.reduce(
        (held, index) => held + (ground.units[index]?.street === street ? (pupils[index] ?? 0) : 0),
        0,
      )
    const inStreets = sum(true)
    if (inStreets === 0) return
    for (const index of below) {
      drift[index] = ground.units[index]?.street
        ? Math.log(Math.max(0.01, 1 + (share * sum(false)) / inStreets))
        : Math.log(1 - share)
    }
  })
  return drift
}

function pupilsIn(ground: ForecastGround, year: SchoolYear): Float64Array {
  const pupils = new Float64Array(ground.units.length)
  const width = forecastGrades.length
  ground.units.forEach((_, unit) => {
    const row = (unit * ground.years + year - ground.firstYear) * width
    for (const count of ground.enrolment.subarray(row, row + width)) if (count > 0) pupils[unit]! += count
  })
  return pupils
}
