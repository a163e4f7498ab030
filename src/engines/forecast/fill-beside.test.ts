import assert from 'node:assert/strict'
import { test } from 'node:test'
import { smallPanel } from './cases/small-panel.ts'
import { forecastPanel } from './forecast-panel.ts'
import { preparePanel } from './prepared-panel.ts'

const gap = Number.NaN
const steady = (...grades: number[]) => [grades, grades, grades]

test('a gap of the first year between two grades takes its neighbours in the siblings’ proportion, not observed', () => {
  const panel = preparePanel(smallPanel([[[100, gap, 80]], [[50, 60, 40]], [[10, 12, 8]]], [-1, -1, -1]))
  assert.ok(Math.abs(panel.filled[1]! - (100 + 80) * (72 / 108)) < 1e-9)
  assert.equal(panel.observed[1], 0)
})

test('an end that nearly all others run is a gap; beyond a school’s own grades nothing is made up', () => {
  const whole = [[50, 60, 40, 30]]
  const all = [whole, whole, whole, whole]
  const ending = preparePanel(smallPanel([[[100, 120, 80, gap]], ...all], [-1, -1, -1, -1, -1]))
  assert.ok(Math.abs(ending.filled[3]! - 80 * (30 / 40)) < 1e-9)
  const primary = preparePanel(smallPanel([[[100, 120, gap, gap]], ...all], [-1, -1, -1, -1, -1]))
  assert.ok(Number.isNaN(primary.filled[2]!) && Number.isNaN(primary.filled[3]!))
  const few = preparePanel(smallPanel([[[100, 120, 80, gap]], whole, [[50, 60, 40, gap]]], [-1, -1, -1]))
  assert.ok(Number.isNaN(few.filled[3]!))
})

test('gaps in the first year alone do not read as growth: steady schools stay steady', () => {
  const units = Array.from({ length: 9 }, (_, at) => {
    const years = steady(60, 60, 60, 60)
    years[0] = years[0]!.map((value, grade) => (grade === at - 1 ? gap : value))
    return years
  })
  const panel = smallPanel(
    units,
    units.map(() => -1),
  )
  for (const asOf of [panel.firstYear, panel.firstYear + 1])
    for (const row of forecastPanel(panel, asOf, [1, 3]).rows)
      if (row.grade === 'TOTAL')
        assert.ok(Math.abs(row.mean - 240) <= 2, `${row.unit} ${row.year}: ${row.mean}`)
})
