import assert from 'node:assert/strict'
import { test } from 'node:test'
import { smallPanel } from '../cases/small-panel.ts'
import { preparePanel } from '../prepared-panel.ts'
import { baselines } from './baseline.ts'
import { greyModel } from './grey-model.ts'
import { lastYear } from './last-year.ts'
import { linearTrend } from './linear-trend.ts'
import { plainProgression } from './plain-progression.ts'
import { simpleSmoothing } from './simple-smoothing.ts'

test('last year, and a line through the last four years', () => {
  assert.equal(lastYear([3, 7]), 7)
  assert.equal(linearTrend([99, 10, 12, 14, 16], 2), 20)
  assert.equal(linearTrend([8], 3), 8)
})

test('smoothing of a level series is its level; of a step it follows with α = 0.9', () => {
  assert.equal(simpleSmoothing([10, 10, 10]), 10)
  assert.ok(Math.abs(simpleSmoothing([10, 20, 20]) - 19.9) < 1e-9)
})

test('GM(1,1) of x⁽⁰⁾ = 2.874 3.278 3.337 3.390 3.679 (Deng’s example: a = −0.0372, b = 3.0654) gives 3.7507 next', () => {
  assert.ok(Math.abs(greyModel([2.874, 3.278, 3.337, 3.39, 3.679], 1) - 3.750656) < 1e-5)
  assert.equal(greyModel([5, 0, 5, 6], 1), 6)
})

test('plain progression: mean of three ratios times the cohort; entry is the three-year mean', () => {
  const rows = [
    [
      [100, 90],
      [100, 80],
      [100, 90],
      [130, 100],
    ],
  ]
  const paths = plainProgression(preparePanel(smallPanel(rows, [-1])), 3, 2)
  const ratio = (0.8 + 0.9 + 1) / 3
  assert.ok(Math.abs(paths[0]! - 110) < 1e-9)
  assert.ok(Math.abs(paths[1]! - 130 * ratio) < 1e-9)
  assert.ok(Math.abs(paths[3]! - 110 * ratio) < 1e-9)
})

test('every baseline speaks for every known cell and reads nothing after its origin', () => {
  const early = preparePanel(
    smallPanel(
      [
        [
          [50, 40],
          [52, 41],
          [54, 45],
          [9, 9],
        ],
      ],
      [-1],
    ),
  )
  const late = preparePanel(
    smallPanel(
      [
        [
          [50, 40],
          [52, 41],
          [54, 45],
          [900, 900],
        ],
      ],
      [-1],
    ),
  )
  for (const baseline of baselines) {
    const paths = baseline.project(early, 2, 3)
    assert.deepEqual(paths, baseline.project(late, 2, 3), baseline.name)
    assert.ok(
      paths.every((value) => value >= 0),
      baseline.name,
    )
  }
})
