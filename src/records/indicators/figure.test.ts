import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { missing } from '../../kernel/missing.ts'
import { type Figure, figureValue, isIdle, sumFigures } from './figure.ts'

const figure = (numerator: number | null, denominator?: number | null): Figure => ({
  unitId: 1,
  year: 2024,
  day: '2024-09-01',
  numerator,
  ...(denominator !== undefined && { denominator }),
  missing: numerator === null || denominator === null ? [missing('在校生', '某县')] : [],
})

test('the published coverage of 2021 comes out of its counts: 17.82 ÷ 21.45 = 83.08 %, published 83.06 %', () => {
  const value = figureValue(figure(178_200, 214_500))
  assert.equal(value?.toFixed(4), '0.8308')
  assert.ok(Math.abs((value ?? 0) - 0.8306) < 0.0005)
})

test('an unknown part gives no value, and so does a denominator of 0', () => {
  assert.equal(figureValue(figure(null, 10)), null)
  assert.equal(figureValue(figure(3, null)), null)
  assert.equal(figureValue(figure(0, 0)), null)
  assert.equal(isIdle(figure(0, 0)), true)
  assert.equal(isIdle(figure(3, null)), false)
  assert.equal(figureValue(figure(0)), 0)
})

test('the city is the sum of its counties, not the mean of their rates', () => {
  const city = sumFigures(410_400, [figure(90, 100), figure(100, 1000)])
  assert.equal(figureValue(city), 190 / 1100)
  assert.equal(city.unitId, 410_400)
})

test('one unknown county makes the city unknown and says whose figure is owed', () => {
  const city = sumFigures(410_400, [figure(90, 100), figure(5, null)])
  assert.equal(city.numerator, 95)
  assert.equal(city.denominator, null)
  assert.equal(figureValue(city), null)
  assert.deepEqual(
    city.missing.map(({ where }) => where),
    ['某县'],
  )
})

test('the city lies between its lowest and highest county', () => {
  const part = fc
    .tuple(fc.nat(5000), fc.integer({ min: 1, max: 5000 }))
    .map(([part, more]) => figure(part, part + more))
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 12 }), (parts) => {
      const city = figureValue(sumFigures(1, parts as [Figure, ...Figure[]]))!
      const values = parts.map((each) => figureValue(each)!)
      assert.ok(city >= Math.min(...values) - 1e-12 && city <= Math.max(...values) + 1e-12)
    }),
  )
})
