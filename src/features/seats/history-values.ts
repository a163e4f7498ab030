import { isMissing, type Measured, missing } from '../../kernel/missing.ts'
import type { SchoolYear } from '../../kernel/school-year.ts'
import { gradesOf, type Stage, stages } from '../../kernel/stage.ts'
import { type ForecastGround, type ForecastValue, forecastGrades } from './forecast-ground.ts'
import { sumMeasured } from './seat-supply.ts'

/**
 * 在校生值 — pupils on roll by unit, stage and year as filed, up to the year the forecast starts from.
 *
 * Counties and the city are the sums of their townships. A township of which a school has not filed is
 * Missing, and so is every sum it belongs to.
 */
export function historyValues(ground: ForecastGround, until: SchoolYear): ForecastValue[] {
  const open = new Set(ground.premises.map(({ unit, stage, year }) => `${unit}/${stage}/${year}`))
  const values: ForecastValue[] = []
  for (let year = ground.firstYear; year <= until; year++) {
    for (const stage of stages) {
      stageYear(ground, stage, year, open).forEach((pupils, unit) => {
        if (pupils !== undefined) values.push(historyValue(unit, stage, year, pupils))
      })
    }
  }
  return values
}

/** By unit; undefined where the stage is neither run nor filed. */
function stageYear(
  ground: ForecastGround,
  stage: Stage,
  year: SchoolYear,
  open: ReadonlySet<string>,
): (Measured<number> | undefined)[] {
  const parts: Measured<number>[][] = ground.units.map(() => [])
  for (let unit = ground.units.length - 1; unit >= 0; unit--) {
    const { parent, name } = ground.units[unit]!
    const filed = filedPupils(ground, unit, stage, year)
    if (filed !== undefined) parts[unit]!.push(filed)
    else if (open.has(`${unit}/${stage}/${year}`)) {
      parts[unit]!.push(missing(`${year} 年在校生`, name, { since: String(year), owedBy: '学校（园）' }))
    }
    if (parent >= 0 && parts[unit]!.length > 0) parts[parent]!.push(sumMeasured(parts[unit]!))
  }
  return parts.map((each) => (each.length === 0 ? undefined : sumMeasured(each)))
}

function filedPupils(
  ground: ForecastGround,
  unit: number,
  stage: Stage,
  year: SchoolYear,
): number | undefined {
  const row = (unit * ground.years + year - ground.firstYear) * forecastGrades.length
  const known = gradesOf[stage]
    .map((grade) => ground.enrolment[row + forecastGrades.indexOf(grade)]!)
    .filter((pupils) => !Number.isNaN(pupils))
  return known.length === 0 ? undefined : known.reduce((sum, pupils) => sum + pupils, 0)
}

function historyValue(unit: number, stage: Stage, year: SchoolYear, pupils: Measured<number>): ForecastValue {
  const owed = isMissing(pupils) ? pupils : null
  return {
    unit,
    measure: 'enrolment',
    stage,
    grade: '',
    year,
    scenario: '',
    mean: isMissing(pupils) ? null : pupils,
    lo80: null,
    hi80: null,
    missing: owed,
  }
}
