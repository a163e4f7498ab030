import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isMissing, missing } from '../../kernel/missing.ts'
import type { ClassSizes } from './class-sizes.ts'
import { rulingSupply, type StagePremises, seatsByRooms, sumMeasured, totalSupply } from './seat-supply.ts'

const noNorm = missing('标准班额', '国家', { owedBy: '市教育体育局' })
const sizes: ClassSizes = {
  preschool: [25, 30, 35],
  primary: 45,
  primaryIncomplete: 30,
  junior: 50,
  senior: 50,
  vocational: noNorm,
  special: noNorm,
}
const school: StagePremises = {
  institution: '甲校',
  kind: 'primary-school',
  stage: 'primary',
  rooms: 12,
  approved: 500,
}

test('twelve rooms of a complete primary school hold 540, of a teaching point 360', () => {
  assert.equal(seatsByRooms(school, sizes), 540)
  assert.equal(seatsByRooms({ ...school, kind: 'teaching-point' }, sizes), 360)
})

test('a kindergarten without filed classes counts equal thirds, with them by its own mix', () => {
  const kindergarten = { ...school, kind: 'kindergarten', stage: 'preschool' as const, rooms: 6 }
  assert.equal(seatsByRooms(kindergarten, sizes), 180)
  assert.equal(seatsByRooms({ ...kindergarten, classes: [0, 0, 0] }, sizes), 180)
  assert.equal(seatsByRooms({ ...kindergarten, classes: [3, 2, 1] }, sizes), 170)
})

test('rooms nobody filed and stages without a norm are Missing, not 0', () => {
  const unknown = seatsByRooms({ ...school, rooms: null }, sizes)
  assert.ok(isMissing(unknown) && unknown.of === '教室数' && unknown.where === '甲校')
  assert.equal(seatsByRooms({ ...school, stage: 'vocational' }, sizes), noNorm)
})

test('one unknown school makes the unit unknown and is named', () => {
  const supply = totalSupply([school, { ...school, institution: '乙校', rooms: null }], sizes)
  assert.ok(isMissing(supply.rooms) && supply.rooms.where === '乙校')
  assert.equal(supply.approved, 1000)
  const two = sumMeasured([missing('教室数', '乙校'), missing('教室数', '丙校'), 3])
  assert.ok(isMissing(two) && two.where === '乙校等 2 处')
})

test('the basis chooses; a stage without a norm always counts by the approved figure', () => {
  const supply = { rooms: 540, approved: 500 }
  assert.equal(rulingSupply(supply, 'rooms', true), 540)
  assert.equal(rulingSupply(supply, 'approved', true), 500)
  assert.equal(rulingSupply(supply, 'smaller', true), 500)
  assert.equal(rulingSupply({ rooms: noNorm, approved: 500 }, 'rooms', false), 500)
  assert.ok(isMissing(rulingSupply({ rooms: noNorm, approved: 500 }, 'smaller', true)))
})

test('any mix of kindergarten classes lies between all small and all big classes', () => {
  const counts = fc.array(fc.nat(20), { minLength: 3, maxLength: 3 })
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 60 }), counts, (rooms, classes) => {
      const seats = seatsByRooms({ ...school, stage: 'preschool', rooms, classes }, sizes) as number
      assert.ok(seats >= rooms * 25 - 1 && seats <= rooms * 35)
    }),
  )
})

test('a sum does not depend on the order of its parts', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(5000)), (values) => {
      assert.equal(sumMeasured(values), sumMeasured(values.toReversed()))
    }),
  )
})
