import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { unitTree } from './enrolment-panel.ts'
import { integerShares, integerTree } from './integer-shares.ts'

test('the unit left over goes to the largest remainder, ties to the earlier part', () => {
  assert.deepEqual(integerShares([1.4, 1.4, 1.2], 4), [2, 1, 1])
  assert.deepEqual(integerShares([0.2, 2.7, 1.1], 4), [0, 3, 1])
})

test('what is unknown stays unknown and receives nothing', () => {
  assert.deepEqual(integerShares([2.5, Number.NaN, 2.5], 5), [3, Number.NaN, 2])
})

test('parts are whole, add up to the total and stay within one of their share', () => {
  const parts = fc.array(fc.double({ min: 0.01, max: 1000, noNaN: true }), { minLength: 1, maxLength: 30 })
  fc.assert(
    fc.property(parts, (of) => {
      const total = Math.round(of.reduce((sum, part) => sum + part, 0))
      const sum = of.reduce((held, part) => held + part, 0)
      const shares = integerShares(of, total)
      assert.equal(
        shares.reduce((held, share) => held + share, 0),
        total,
      )
      shares.forEach((share, at) => {
        assert.ok(Number.isInteger(share) && Math.abs(share - (of[at]! * total) / sum) <= 1)
      })
    }),
  )
})

test('over a tree, every grade adds up to the parent and nothing moves by more than a pupil a level', () => {
  const tree = unitTree(Int32Array.of(-1, 0, 0))
  const grid = Float64Array.of(5.7, 4.4, 3.3, 2.2, 2.4, 2.2)
  integerTree(tree, 3, grid, 2)
  assert.deepEqual(Array.from(grid), [6, 4, 3, 2, 3, 2])
})
