import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { missing } from '../../kernel/missing.ts'
import { judgeGap } from './judge-gap.ts'

test('the band, not the mean, decides', () => {
  assert.equal(judgeGap({ mean: 120, lo80: 105, hi80: 140 }, 100, 1).sign, 'shortage')
  assert.equal(judgeGap({ mean: 120, lo80: 95, hi80: 140 }, 100, 1).sign, 'even')
  assert.equal(judgeGap({ mean: 90, lo80: 80, hi80: 101 }, 100, 1).sign, 'even')
  assert.equal(judgeGap({ mean: 80, lo80: 70, hi80: 99 }, 100, 1).sign, 'surplus')
})

test('exactly at the seats is no warning', () => {
  assert.equal(judgeGap({ mean: 100, lo80: 100, hi80: 100 }, 100, 1).sign, 'even')
})

test('a stricter threshold of the plan warns later', () => {
  assert.equal(judgeGap({ mean: 120, lo80: 105, hi80: 140 }, 100, 1.1).sign, 'even')
})

test('unknown is said, empty seats are surplus, a stage nobody runs is absent', () => {
  const owed = missing('教室数', '甲校')
  assert.deepEqual(judgeGap({ mean: 1, lo80: 1, hi80: 1 }, owed, 1), { sign: 'missing', missing: owed })
  assert.equal(judgeGap(owed, 100, 1).sign, 'missing')
  assert.deepEqual(judgeGap(undefined, 90, 1), { sign: 'surplus', gap: -90, low: -90, high: -90 })
  assert.equal(judgeGap(undefined, undefined, 1).sign, 'absent')
  assert.equal(judgeGap(undefined, 0, 1).sign, 'absent')
  assert.equal(judgeGap({ mean: 5, lo80: 4, hi80: 6 }, undefined, 1).sign, 'missing')
})

test('a warning always has the seats outside the band, and more seats never make a surplus a shortage', () => {
  const triple = fc
    .tuple(fc.nat(9999), fc.nat(9999), fc.nat(9999))
    .map((three) => three.toSorted((a, b) => a - b))
  const rank = { shortage: 2, even: 1, surplus: 0, missing: -1, absent: -1 }
  fc.assert(
    fc.property(triple, fc.integer({ min: 1, max: 9999 }), fc.nat(500), ([lo80, mean, hi80], seats, more) => {
      const demand = { lo80: lo80!, mean: mean!, hi80: hi80! }
      const gap = judgeGap(demand, seats, 1)
      if (gap.sign === 'shortage') assert.ok((gap.low as number) > 0)
      if (gap.sign === 'surplus') assert.ok((gap.high as number) < 0)
      assert.ok(rank[judgeGap(demand, seats + more, 1).sign] <= rank[gap.sign])
    }),
  )
})
