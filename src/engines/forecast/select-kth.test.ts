import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { seededChance } from './seeded-chance.ts'
import { selectKth } from './select-kth.ts'

test('the k-th smallest is what sorting would put there', () => {
  const values = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 60 })
  fc.assert(
    fc.property(values, fc.nat(), (of, at) => {
      const k = at % of.length
      const sorted = [...of].sort((a, b) => a - b)
      assert.equal(selectKth(Float64Array.from(of), k), sorted[k])
    }),
  )
})

test('a seed gives the same stream again, another seed another, evenly spread', () => {
  const stream = (seed: number): number[] => Array.from({ length: 2000 }, seededChance(seed))
  assert.deepEqual(stream(5), stream(5))
  assert.notDeepEqual(stream(5), stream(6))
  const mean = stream(5).reduce((sum, value) => sum + value, 0) / 2000
  assert.ok(Math.abs(mean - 0.5) < 0.02)
})
