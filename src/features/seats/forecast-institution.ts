import { chainOfGrades, type EnrolmentPanel } from '../../engines/forecast/enrolment-panel.ts'
import { forecastPanel, totalGrade } from '../../engines/forecast/forecast-panel.ts'
import type { SchoolYear } from '../../kernel/school-year.ts'
import { gradesOf, type Stage } from '../../kernel/stage.ts'
import type { PanelRow } from '../../records/registry/reads/read-enrolment-panel.ts'

/** 校级预测的一年 — pupils of one stage with their band. */
export interface StageYear {
  readonly year: SchoolYear
  readonly mean: number
  readonly lo80: number
  readonly hi80: number
}

/**
 * 校级预测 — pupils of one institution and stage, 1 … `horizon` years on.
 *
 * The institution is projected among the others of its township that run the stage, so that its ratios
 * shrink to theirs and its band is that of schools of its size. Empty when it filed nothing for the stage.
 */
export function forecastInstitution(
  rows: readonly PanelRow[],
  institutionId: number,
  stage: Stage,
  now: SchoolYear,
  horizon: number,
): StageYear[] {
  const grades: readonly string[] = gradesOf[stage]
  const filed = rows.filter(({ grade, schoolYear }) => grades.includes(grade) && schoolYear <= now)
  const last = Math.max(
    ...filed.filter(({ unitId }) => unitId === institutionId).map(({ schoolYear }) => schoolYear),
  )
  if (!Number.isFinite(last)) return []
  const { rows: forecast } = forecastPanel(
    panelOf(filed, grades),
    last,
    Array.from({ length: horizon + now - last }, (_, year) => year + 1),
  )
  return forecast
    .filter(({ unit, grade, year }) => unit === String(institutionId) && grade === totalGrade && year > now)
    .map(({ year, mean, lo80, hi80 }) => ({ year, mean, lo80, hi80 }))
}

/** The institutions as units of equal rank, in the order of their numbers. */
function panelOf(rows: readonly PanelRow[], grades: readonly string[]): EnrolmentPanel {
  const ids = [...new Set(rows.map(({ unitId }) => unitId))].sort((one, other) => one - other)
  const at = new Map(ids.map((id, index) => [id, index]))
  const firstYear = Math.min(...rows.map(({ schoolYear }) => schoolYear))
  const years = Math.max(...rows.map(({ schoolYear }) => schoolYear)) - firstYear + 1
  const cells = new Float64Array(ids.length * years * grades.length).fill(Number.NaN)
  const present = new Uint8Array(ids.length * years)
  for (const { unitId, schoolYear, grade, pupils } of rows) {
    const row = (at.get(unitId) ?? 0) * years + schoolYear - firstYear
    cells[row * grades.length + grades.indexOf(grade)] = pupils
    present[row] = 1
  }
  return {
    units: ids.map(String),
    parent: new Int32Array(ids.length).fill(-1),
    grades,
    source: chainOfGrades(grades.length),
    firstYear,
    years,
    cells,
    present,
  }
}
