import assert from 'node:assert/strict'
import { test } from 'node:test'
import { birthGrades } from './birth-grades.ts'
import { chainOfGrades } from './enrolment-panel.ts'
import { standardSource } from './projection-input.ts'

test('births reach the first two columns and the first grade of every stage that runs on', () => {
  const grades = ['K1', 'K2', 'K3', 'P1', 'P2', 'J1', 'V1', 'X']
  const source = Int32Array.from([-1, 0, 1, 2, 3, 4, 4, -1])
  assert.deepEqual(birthGrades(grades, source), [0, 1, 3, 5])
})

test('a grade whose columns do not run on from birth is not given a wrong age', () => {
  const grades = ['K1', 'K3', 'P1']
  assert.deepEqual(birthGrades(grades, standardSource(grades)), [0, 1])
})

test('columns without national names keep to the first two', () => {
  assert.deepEqual(birthGrades(['PK', 'K', '1', '2'], chainOfGrades(4)), [0, 1])
})
