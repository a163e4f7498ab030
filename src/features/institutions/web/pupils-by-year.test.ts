import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { GradeYear } from '../contract.ts'
import { pupilsByYear } from './pupils-by-year.ts'

const row = (schoolYear: number, grade: string, pupils: number, classes: number | null): GradeYear => ({
  schoolYear,
  grade,
  pupils,
  boys: null,
  girls: null,
  classes,
  largestClass: null,
})

test('years stand in order, grades are added, a year nobody filed is absent', () => {
  const years = pupilsByYear([row(2024, 'P1', 40, 1), row(2022, 'P1', 50, 2), row(2024, 'P2', 45, 1)])
  assert.deepEqual(
    years.map(({ year, pupils, classes }) => [year, pupils, classes]),
    [
      [2022, 50, 2],
      [2024, 85, 2],
    ],
  )
  assert.equal(years[1]?.byGrade.get('P2')?.pupils, 45)
})

test('classes are unknown as soon as one grade has not filed them', () => {
  assert.equal(pupilsByYear([row(2024, 'P1', 40, 1), row(2024, 'P2', 45, null)])[0]?.classes, null)
})
