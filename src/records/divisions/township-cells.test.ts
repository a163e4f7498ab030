import assert from 'node:assert/strict'
import { test } from 'node:test'
import { areaOf, isInside, type Outline, type Point } from './outline.ts'
import { placeSeats, townshipCells } from './township-cells.ts'

const county: Outline = [
  [
    [
      [113, 33],
      [113.4, 33],
      [113.4, 33.2],
      [113, 33.2],
      [113, 33],
    ],
  ],
]
const town = (seat?: Point) => ({ street: false, seat })

test('two seats halve the county', () => {
  const cells = townshipCells(county, [town([113.1, 33.1]), town([113.3, 33.1])])
  assert.deepEqual(
    cells.map((cell) => areaOf(cell).toFixed(4)),
    ['0.0400', '0.0400'],
  )
  assert.ok(isInside(cells[0]!, [113.1, 33.1]))
  assert.ok(!isInside(cells[0]!, [113.3, 33.1]))
})

test('areas together are the county', () => {
  const cells = townshipCells(county, [town([113.1, 33.05]), town([113.2, 33.18]), town(), town(), town()])
  const sum = cells.reduce((total, cell) => total + areaOf(cell), 0)
  assert.ok(Math.abs(sum - areaOf(county)) < 0.0005)
})

test('a town without coordinates is placed inside, away from the others', () => {
  const [, placed] = placeSeats(county, [town([113.02, 33.02]), town()])
  assert.ok(isInside(county, placed!))
  assert.ok(placed![0] > 113.3 && placed![1] > 33.15)
})

test('a street without coordinates is placed near the other streets', () => {
  const street = { street: true, seat: [113.05, 33.05] as const }
  const [, placed] = placeSeats(county, [street, { street: true }])
  assert.ok(Math.hypot(placed![0] - 113.05, placed![1] - 33.05) < 0.05)
})

test('a seat outside the outline is drawn into it', () => {
  const [placed] = placeSeats(county, [town([113.405, 33.1])])
  assert.ok(isInside(county, placed!))
})
