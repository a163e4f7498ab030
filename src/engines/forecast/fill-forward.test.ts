import assert from 'node:assert/strict'
import { test } from 'node:test'
import { smallPanel } from './cases/small-panel.ts'
import { preparePanel } from './prepared-panel.ts'

const gap = Number.NaN

test('a gap takes last year’s cohort at the last known ratio, and is marked as not observed', () => {
  const panel = preparePanel(
    smallPanel(
      [
        [
          [100, 80],
          [110, 90],
          [120, gap],
        ],
      ],
      [-1],
    ),
  )
  assert.ok(Math.abs(panel.filled[5]! - 110 * (90 / 100)) < 1e-9)
  assert.equal(panel.observed[5], 0)
})

test('filling never looks ahead: later years change nothing', () => {
  const early = preparePanel(
    smallPanel(
      [
        [
          [100, 80],
          [gap, gap],
          [1, 1],
        ],
      ],
      [-1],
    ),
  )
  const late = preparePanel(
    smallPanel(
      [
        [
          [100, 80],
          [gap, gap],
          [900, 900],
        ],
      ],
      [-1],
    ),
  )
  assert.deepEqual(early.filled.slice(0, 4), late.filled.slice(0, 4))
})

test('a row that stops is a closing, not a gap; a year nobody filed is a gap', () => {
  const closed = preparePanel(
    smallPanel(
      [
        [[50], null],
        [[60], [61]],
      ],
      [-1, -1],
    ),
  )
  assert.ok(Number.isNaN(closed.filled[1]!))
  const silent = preparePanel(
    smallPanel(
      [
        [[50], null],
        [[60], null],
      ],
      [-1, -1],
    ),
  )
  assert.equal(silent.filled[1], 50)
})

test('a parent without rows is the sum of its children, observed only where all are', () => {
  const panel = preparePanel(
    smallPanel(
      [
        [null, null],
        [[10], [gap]],
        [[20], [25]],
      ],
      [-1, 0, 0],
    ),
  )
  assert.deepEqual(Array.from(panel.filled.slice(0, 2)), [30, 35])
  assert.deepEqual(Array.from(panel.observed.slice(0, 2)), [1, 0])
})
