import assert from 'node:assert/strict'
import { test } from 'node:test'
import { shrinkToParent } from './shrink-to-parent.ts'

test('fifty pupils at the parent ratio join a hundred of the unit', () => {
  assert.ok(Math.abs(shrinkToParent(90, 100, 1, 50) - 140 / 150) < 1e-12)
})

test('without a parent the own ratio stands, without own pupils the parent, without both nothing', () => {
  assert.equal(shrinkToParent(90, 100, Number.NaN, 50), 0.9)
  assert.equal(shrinkToParent(0, 0, 0.97, 0), 0.97)
  assert.ok(Number.isNaN(shrinkToParent(0, 0, Number.NaN, 50)))
})
