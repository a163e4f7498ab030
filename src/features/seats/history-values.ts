import { gradesOf, stages } from '../../kernel/stage.ts'
import { type ForecastGround, type ForecastValue, forecastGrades } from './forecast-ground.ts'

/** 在校生值 — pupils on roll by unit, stage and year as filed; where a unit files nothing itself, the sum of its parts. */
export function historyValues(ground: ForecastGround): ForecastValue[] {
  const totals = stageTotals(ground)
  const values: ForecastValue[] = []
  totals.forEach((pupils, at) => {
    if (Number.isNaN(pupils)) return
    const row = Math.floor(at / stages.length)
    values.push({
      unit: Math.floor(row / ground.years),
      measure: 'enrolment',
      stage: stages[at % stages.length]!,
      grade: '',
      year: ground.firstYear + (row % ground.years),
      scenario: '',
      mean: pupils,
      lo80: null,
      hi80: null,
      missing: null,
    })
  })
  return values
}

/** `[(unit * years + year) * stages + stage]`, NaN where nothing was filed. */
function stageTotals(ground: ForecastGround): Float64Array {
  const { units, years, enrolment } = ground
  const totals = new Float64Array(units.length * years * stages.length).fill(Number.NaN)
  const groups = stages.map((stage) => gradesOf[stage].map((grade) => forecastGrades.indexOf(grade)))
  for (let row = 0; row < units.length * years; row++) {
    groups.forEach((group, stage) => {
      for (const grade of group)
        add(totals, row * stages.length + stage, enrolment[row * forecastGrades.length + grade]!)
    })
  }
  const block = years * stages.length
  for (let unit = units.length - 1; unit > 0; unit--) {
    const above = units[unit]!.parent
    if (above < 0) continue
    for (let cell = 0; cell < block; cell++) add(totals, above * block + cell, totals[unit * block + cell]!)
  }
  return totals
}

function add(totals: Float64Array, at: number, pupils: number): void {
  if (!Number.isNaN(pupils)) totals[at] = (Number.isNaN(totals[at]!) ? 0 : totals[at]!) + pupils
}
