import assert from 'node:assert/strict'
import { test } from 'node:test'
import { smallPanel } from './cases/small-panel.ts'
import { dampedGrowth, entryAnchor, entryDrift, runLength } from './entry-path.ts'
import { preparePanel } from './prepared-panel.ts'

test('damped growth adds φ + φ² + … and stops after five years', () => {
  assert.ok(Math.abs(dampedGrowth(0.1, 0.5, 2) - Math.exp(0.1 * 0.75)) < 1e-12)
  assert.equal(dampedGrowth(0.1, 0.5, 5), dampedGrowth(0.1, 0.5, 12))
  assert.equal(dampedGrowth(0.1, 0, 3), 1)
})

test('an anchor weighs the open years and forgets what lay before a zero', () => {
  const panel = preparePanel(smallPanel([[[90], [0], [60], [30]]], [-1]))
  assert.equal(runLength(panel, 0, 3, 0, 4), 2)
  assert.ok(Math.abs(entryAnchor(panel, 3, 0, 0, [0.5, 1 / 3, 1 / 6], 0) - (15 + 20) / (5 / 6)) < 1e-9)
})

test('a small unit drifts with its parent, a large one on its own; none faster than the cap', () => {
  const rows = [
    [[null], [null], [null], [null]].map(() => null),
    [[1000], [1000], [1000], [1000]],
    [[10], [8], [6], [2]],
  ]
  const panel = preparePanel(smallPanel(rows, [-1, 0, 0]))
  const { own, pooled } = entryDrift(panel, 3)
  assert.ok(Math.abs(own[2]! - pooled[2]!) < 0.01)
  assert.ok(own[2]! < 0 && own[2]! > -0.15)
})
