import { chainOfGrades, type EnrolmentPanel } from '../enrolment-panel.ts'

/** 小例子 — a panel from rows per unit, `rows[unit][year][grade]`, with NaN for unknown and null for a row not filed. */
export function smallPanel(
  rows: readonly (readonly (readonly number[] | null)[])[],
  parent: readonly number[],
  firstYear = 2020,
): EnrolmentPanel {
  const years = rows[0]!.length
  const grades = Math.max(...rows.flatMap((unit) => unit.map((row) => row?.length ?? 0)))
  const cells = new Float64Array(rows.length * years * grades).fill(Number.NaN)
  const present = new Uint8Array(rows.length * years)
  rows.forEach((unit, at) => {
    unit.forEach((row, year) => {
      if (!row) return
      present[at * years + year] = 1
      cells.set(row, (at * years + year) * grades)
    })
  })
  return {
    units: rows.map((_, unit) => `单位${unit}`),
    parent: Int32Array.from(parent),
    grades: Array.from({ length: grades }, (_, grade) => `G${grade + 1}`),
    source: chainOfGrades(grades),
    firstYear,
    years,
    cells,
    present,
  }
}
