import assert from 'node:assert/strict'
import { test } from 'node:test'
import { birthCohort, cutOffShare } from './birth-cohort.ts'

const births = new Map([
  [2017, 300],
  [2018, 240],
])
const birthsOf = (year: number): number => births.get(year) ?? Number.NaN

test('six-year-olds of autumn 2024: September–December 2017 and January–August 2018', () => {
  assert.equal(birthCohort(birthsOf, 2024, 6, cutOffShare), 300 / 3 + (240 * 2) / 3)
})

test('a register that knows the months gives its own share', () => {
  assert.equal(birthCohort(birthsOf, 2024, 6, 0.25), 255)
  assert.equal(birthCohort(birthsOf, 2024, 6, 0), 240)
})

test('an unknown year makes the cohort unknown, never 0', () => {
  assert.ok(Number.isNaN(birthCohort(birthsOf, 2023, 6, cutOffShare)))
})
