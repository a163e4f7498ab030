import assert from 'node:assert/strict'
import { test } from 'node:test'
import { birthCohort, cutOffShare } from './birth-cohort.ts'
import { projectPupils } from './project-pupils.ts'
import { standardSource } from './projection-input.ts'

const grades = ['K1', 'K2', 'K3', 'P1', 'P2']
const units = 4
const years = 9
const birthYears = 19
const size = [1, 0.9, 1.2, 1.6]

/** Births rise until 2016 and then fall by an eighth a year. */
function births(unit: number, year: number): number {
  return size[unit]! * 1000 * (year <= 2016 ? 1.01 ** (year - 2016) : 0.875 ** (year - 2016))
}

function due(unit: number, year: number, age: number): number {
  return birthCohort((born) => births(unit, born), year, age, cutOffShare)
}

/** Everybody enters primary; nurseries take in more of each cohort every year. */
function made(): Float64Array {
  const cells = new Float64Array(units * years * grades.length)
  cells.forEach((_, cell) => {
    const grade = cell % grades.length
    const year = 2016 + (Math.floor(cell / grades.length) % years)
    const share = grade >= 3 ? 1 : 0.6 + 0.04 * (year - 2016)
    cells[cell] = Math.round(share * due(Math.floor(cell / grades.length / years), year, 3 + grade))
  })
  return cells
}

test('primary entry follows the children already born, whatever nurseries take in (合成数据)', () => {
  const projected = projectPupils({
    units: ['a', 'b', 'c', 'd'],
    levels: ['镇', '镇', '镇', '镇'],
    parent: Int32Array.of(-1, -1, -1, -1),
    grades,
    source: standardSource(grades),
    stages: [],
    firstYear: 2016,
    years,
    enrolment: made(),
    births: {
      firstYear: 2006,
      years: birthYears,
      cells: Float64Array.from({ length: units * birthYears }, (_, at) =>
        births(Math.floor(at / birthYears), 2006 + (at % birthYears)),
      ),
    },
    entryAges: [3],
    asOf: 2024,
    until: 2030,
    scenarios: [{ id: 'mid' }],
    draws: 0,
    seed: 1,
  })
  for (let unit = 0; unit < units; unit++) {
    for (const ahead of [1, 3, 6]) {
      const said = projected.scenarios[0]!.byGrade.mean[(unit * 6 + ahead - 1) * grades.length + 3]!
      const born = due(unit, 2024 + ahead, 6)
      assert.ok(Math.abs(said / born - 1) < 0.03, `${unit} in ${ahead} years: ${said}, born ${born}`)
    }
  }
})
