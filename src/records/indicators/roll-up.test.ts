import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { missing } from '../../kernel/missing.ts'
import { type Figure, figureValue } from './figure.ts'
import { type RollUpGround, rollUp, type TreeUnit } from './roll-up.ts'

const nothing: Figure = {
  unitId: 0,
  year: 2024,
  day: '2024-09-01',
  numerator: 0,
  denominator: 0,
  missing: [],
}
const part = (numerator: number, denominator: number): Figure => ({ ...nothing, numerator, denominator })
const unit = (unitId: number, parentId: number | null): TreeUnit => ({
  unitId,
  parentId,
  countyId: 410_402,
  name: `单位 ${unitId}`,
})
const figureOf = (ground: RollUpGround, unitId: number | null) =>
  rollUp(ground).find((each) => each.unitId === unitId)?.figure

const ground: RollUpGround = {
  units: [unit(1, null), unit(2, 1), unit(3, 1), unit(4, null), unit(5, null)],
  belongsTo: new Map([
    [10, 2],
    [11, 2],
    [12, 3],
    [13, 4],
    [14, 99],
  ]),
  parts: new Map([
    [10, part(9, 10)],
    [11, part(0, 90)],
    [12, part(50, 100)],
    [14, part(1, 2)],
  ]),
  nothing,
  outsideOf: new Set([0]),
}

test('a unit is the sum of what stands in it and below, never the mean of rates', () => {
  assert.equal(figureValue(figureOf(ground, 2)!), 9 / 100)
  assert.equal(figureValue(figureOf(ground, 1)!), 59 / 200)
  assert.equal(figureValue(figureOf(ground, null)!), 1 / 2, 'whoever stands in no unit of the tree')
  assert.deepEqual([figureOf(ground, 4)?.denominator, figureOf(ground, 5)], [0, undefined])
})

test('what one school owes makes every unit above it unknown, by name, and no other', () => {
  const owed = { ...part(0, 0), numerator: null, denominator: null, missing: [missing('课表申报', '某小学')] }
  const lacking = { ...ground, parts: new Map([...ground.parts, [12, owed]]) }
  for (const unitId of [3, 1]) {
    const figure = figureOf(lacking, unitId)!
    assert.equal(figureValue(figure), null)
    assert.deepEqual(
      figure.missing.map(({ where }) => where),
      ['某小学'],
    )
  }
  assert.equal(figureValue(figureOf(lacking, 2)!), 9 / 100)
})

test('whatever the tree, also one that closes in a circle: tops and the rest add up to everybody, once', () => {
  const parents = fc.array(fc.option(fc.integer({ min: 1, max: 8 })), { minLength: 8, maxLength: 8 })
  const schools = fc.array(fc.tuple(fc.integer({ min: 1, max: 12 }), fc.nat(100), fc.nat(100)), {
    maxLength: 30,
  })
  fc.assert(
    fc.property(parents, schools, fc.boolean(), (above, counted, forest) => {
      // A forest: nobody stands under a later one.
      const units = above.map((parent, at) =>
        unit(at + 1, parent !== null && parent !== at + 1 && (!forest || parent <= at) ? parent : null),
      )
      const rolled = rollUp({
        units,
        belongsTo: new Map(counted.map(([at], id) => [id + 100, at])),
        parts: new Map(counted.map(([, one, other], id) => [id + 100, part(one, other)])),
        nothing,
        outsideOf: new Set([0]),
      })
      const known = new Set(units.map(({ unitId }) => unitId))
      for (const { unitId, figure, institutions } of rolled) {
        assert.equal(new Set(institutions).size, institutions.length, 'nobody twice')
        const own = institutions.map((id) => counted[id - 100]!)
        assert.equal(
          figure.numerator,
          own.reduce((sum, [, one]) => sum + one, 0),
        )
        assert.equal(
          figure.denominator,
          own.reduce((sum, [, , other]) => sum + other, 0),
        )
        assert.equal(
          unitId === null,
          own.some(([at]) => !known.has(at)),
        )
      }
      if (!forest) return
      const tops = rolled.filter(({ parentId }) => parentId === null)
      assert.equal(
        tops.reduce((sum, { figure }) => sum + (figure.numerator ?? 0), 0),
        counted.reduce((sum, [, one]) => sum + one, 0),
      )
    }),
  )
})
