import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { apportion } from './apportion.ts'

test('largest remainders get the odd ones, ties the earlier share', () => {
  assert.deepEqual(apportion(10, [0.5, 0.25, 0.25]), [5, 3, 2])
  assert.deepEqual(apportion(111, [0.6, 0.4]), [67, 44])
  assert.deepEqual(apportion(0, [0.5, 0.5]), [0, 0])
})

test('parts are whole, add up, and lie within one of the exact share', () => {
  const shares = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(fc.nat(100_000), shares, (total, weights) => {
      const parts = apportion(total, weights)
      const sum = weights.reduce((all, weight) => all + weight, 0)
      assert.equal(
        parts.reduce((all, part) => all + part, 0),
        total,
      )
      for (const [index, part] of parts.entries()) {
        assert.ok(Number.isInteger(part))
        assert.ok(Math.abs(part - (total * weights[index]!) / sum) < 1 + 1e-6)
      }
    }),
  )
})
