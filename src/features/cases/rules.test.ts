import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { tellEffect } from './rules.ts'

const rate = (value: number | null, definition = 'a') => ({ value, rate: true, definition })
const count = (value: number) => ({ value, rate: false, definition: 'a' })

test('a rate moves by points, a count by itself, for better or worse as the indicator points', () => {
  assert.equal(tellEffect(rate(0.5), rate(0.5231), 'up'), '上升 2.31 个百分点，向好')
  assert.equal(tellEffect(rate(0.5231), rate(0.5), 'up'), '下降 2.31 个百分点，变差')
  assert.equal(tellEffect(rate(0.2), rate(0.1), 'down'), '下降 10.00 个百分点，向好')
  assert.equal(tellEffect(count(3), count(5), 'steps'), '上升 2')
  assert.equal(tellEffect(rate(0.5), rate(0.5), 'up'), '前后没有变化')
})

test('one side unknown is no comparison, never a rise from nothing', () => {
  for (const [one, other] of [
    [rate(null), rate(0.5)],
    [rate(0.5), rate(null)],
    [null, rate(0.5)],
  ] as const)
    assert.equal(tellEffect(one, other, 'up'), '前后有一天缺数据，不能比较')
})

test('counted by other parameters on the other day, the two are not compared', () => {
  assert.match(tellEffect(rate(0.5, 'a'), rate(0.6, 'b'), 'up'), /口径不一，不能直接比较/)
})

test('turned round, better becomes worse', () => {
  const ratio = fc.double({ min: 0, max: 1, noNaN: true })
  fc.assert(
    fc.property(ratio, ratio, (one, other) => {
      fc.pre(Math.abs(one - other) > 1e-6)
      assert.notEqual(
        tellEffect(rate(one), rate(other), 'up').endsWith('向好'),
        tellEffect(rate(other), rate(one), 'up').endsWith('向好'),
      )
    }),
  )
})
