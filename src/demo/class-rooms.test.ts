import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { divideIntoClasses } from './class-rooms.ts'
import { randomStream } from './random-stream.ts'

test('classes add up by sex, are nearly even, and the first is the largest', () => {
  const counts = fc.record({
    boys: fc.nat(400),
    girls: fc.nat(400),
    classes: fc.integer({ min: 1, max: 15 }),
  })
  fc.assert(
    fc.property(counts, fc.nat(), ({ boys, girls, classes }, seed) => {
      fc.pre(boys + girls >= classes)
      const divided = divideIntoClasses({ boys, girls }, classes, randomStream(seed, 'classes'))
      const sizes = divided.map((one) => one.boys + one.girls)
      assert.equal(divided.length, classes)
      assert.equal(
        divided.reduce((sum, one) => sum + one.boys, 0),
        boys,
      )
      assert.equal(
        divided.reduce((sum, one) => sum + one.girls, 0),
        girls,
      )
      assert.ok(divided.every((one) => one.boys >= 0 && one.girls >= 0))
      assert.equal(Math.max(...sizes), sizes[0])
      assert.ok(sizes[0]! - Math.min(...sizes) <= 8)
    }),
  )
})
