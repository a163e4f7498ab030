import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { shareOut, shareOutOneEach } from './share-out.ts'

test('shares follow the weights and the largest remainders', () => {
  assert.deepEqual(shareOut(10, [1, 1, 1]), [4, 3, 3])
  assert.deepEqual(shareOut(7, [5, 3, 1]), [4, 2, 1])
  assert.deepEqual(shareOut(0, [0, 0]), [0, 0])
})

test('shares add up, and none is a whole one away from its due', () => {
  const weights = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 40 })
  fc.assert(
    fc.property(fc.nat(100_000), weights, (total, list) => {
      fc.pre(list.some((weight) => weight > 0))
      const shares = shareOut(total, list)
      const sum = list.reduce((one, other) => one + other, 0)
      assert.equal(
        shares.reduce((one, other) => one + other, 0),
        total,
      )
      for (const [i, share] of shares.entries()) assert.ok(Math.abs(share - (total * list[i]!) / sum) < 1)
    }),
  )
})

test('one each first, when there are enough', () => {
  assert.deepEqual(shareOutOneEach(5, [100, 1, 1, 0]), [3, 1, 1, 0])
  assert.deepEqual(shareOutOneEach(2, [100, 1, 1]), [2, 0, 0])
})

test('something to share and no weight is a fault', () => {
  assert.throws(() => shareOut(3, [0, 0]), /cannot be shared/)
})
