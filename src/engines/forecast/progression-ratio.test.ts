import assert from 'node:assert/strict'
import { test } from 'node:test'
import { smallPanel } from './cases/small-panel.ts'
import { countCohortSteps } from './cohort-steps.ts'
import { preparePanel } from './prepared-panel.ts'
import { progressionRatios, weighSteps } from './progression-ratio.ts'

const town = [
  [100, 90],
  [110, 95],
  [120, 99],
]
const noEffect = Number.POSITIVE_INFINITY

function ratiosOf(
  rows: Parameters<typeof smallPanel>[0],
  parent: number[],
  parentPupils: number,
  unitPupils = noEffect,
) {
  const panel = preparePanel(smallPanel(rows, parent))
  const sound = new Uint8Array(panel.filled.length).fill(1)
  const weighed = weighSteps(panel, countCohortSteps(panel), sound, 2, [1.5, 1, 0.5])
  return progressionRatios(panel, weighed, { parentPupils, unitPupils })
}

test('3-2-1 weights: (1.5·99 + 1·95) / (1.5·110 + 1·100)', () => {
  const { ratios } = ratiosOf([town], [-1], 0)
  assert.ok(Math.abs(ratios[1]! - 243.5 / 265) < 1e-12)
  assert.ok(Number.isNaN(ratios[0]!))
})

test('a school is drawn to the schools under its parent that ran both grades', () => {
  const second = [
    [50, 60],
    [50, 55],
    [50, 55],
  ]
  const upperOnly = [
    [0, 300],
    [0, 300],
    [0, 300],
  ]
  const { ratios } = ratiosOf(
    [null!, town, second, upperOnly].map((rows) => rows ?? [null, null, null]),
    [-1, 0, 0, 0],
    100,
  )
  const pool = (243.5 + 137.5) / (265 + 125)
  assert.ok(Math.abs(ratios[1 * 2 + 1]! - (243.5 + 100 * pool) / 365) < 1e-12)
})

test('what a unit loses over all its grades is carried into each of them', () => {
  const losing = [
    [100, 100],
    [100, 80],
    [100, 80],
  ]
  const steady = [
    [1000, 1000],
    [1000, 1000],
    [1000, 1000],
  ]
  const { effects } = ratiosOf([[null, null, null], losing, steady], [-1, 0, 0], 0, 0)
  const pool = (200 + 2500) / (250 + 2500)
  assert.ok(Math.abs(effects[1]! - 200 / (250 * pool)) < 1e-12)
})
