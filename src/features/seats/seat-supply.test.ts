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
const none = { rooms: 0, approved: 0 }
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

test('a school that filed one figure counts by it in both, and is counted as substituted', () => {
  const supply = totalSupply([school, { ...school, institution: '乙校', rooms: null }], sizes)
  assert.deepEqual(supply, { rooms: 540 + 500, approved: 1000, substituted: { rooms: 1, approved: 0 } })
  const other = totalSupply([school, { ...school, institution: '乙校', approved: null }], sizes)
  assert.deepEqual(other, { rooms: 1080, approved: 500 + 540, substituted: { rooms: 0, approved: 1 } })
})

test('a school that filed neither makes the unit unknown and is named, with how many there are', () => {
  const silent = (institution: string) => ({ ...school, institution, rooms: null, approved: null })
  const { rooms, approved } = totalSupply([school, silent('乙校')], sizes)
  assert.ok(isMissing(rooms) && rooms.where === '乙校' && rooms.of === '教室数')
  assert.ok(isMissing(approved) && approved.of === '核定规模')
  const two = totalSupply([silent('乙校'), silent('丙校'), school], sizes).rooms
  assert.ok(isMissing(two) && two.where === '乙校等 2 处')
  assert.ok(isMissing(sumMeasured([missing('教室数', '乙校'), 3])))
})

test('approved seats never stand for rooms where the stage has no norm', () => {
  const supply = totalSupply([{ ...school, stage: 'vocational' }], sizes)
  assert.ok(isMissing(supply.rooms) && supply.rooms.of === '标准班额')
  assert.deepEqual(supply.substituted, { rooms: 0, approved: 0 })
})

test('the basis chooses; a stage without a norm always counts by the approved figure', () => {
  const supply = { rooms: 540, approved: 500, substituted: none }
  assert.equal(rulingSupply(supply, 'rooms', true), 540)
  assert.equal(rulingSupply(supply, 'approved', true), 500)
  assert.equal(rulingSupply(supply, 'smaller', true), 500)
  assert.equal(rulingSupply({ rooms: noNorm, approved: 500, substituted: none }, 'rooms', false), 500)
  assert.ok(isMissing(rulingSupply({ rooms: noNorm, approved: 500, substituted: none }, 'smaller', true)))
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
