import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seatChart } from './seat-chart.ts'

const history = [
  { year: 2021, pupils: 900 },
  { year: 2022, pupils: null },
  { year: 2023, pupils: 880 },
]
const demand = [
  { year: 2024, mean: 870, lo80: 850, hi80: 890 },
  { year: 2025, mean: 860, lo80: 820, hi80: 900 },
]
const seats = [
  { year: 2023, seats: 1000 },
  { year: 2025, seats: null },
]

test('what is expected starts where what was ends, with no band yet', () => {
  const chart = seatChart({ history, demand, seats })
  assert.deepEqual(chart.years, [2021, 2022, 2023, 2024, 2025])
  assert.deepEqual(chart.lines[1]?.values, [null, null, 880, 870, 860])
  assert.deepEqual(chart.band.low, [null, null, 880, 850, 820])
  assert.deepEqual(chart.band.high, [null, null, 880, 890, 900])
  assert.equal(chart.now, 2023)
})

test('an unknown year is a break, never 0', () => {
  const { lines } = seatChart({ history, demand, seats })
  assert.deepEqual(lines[0]?.values, [900, null, 880, null, null])
  assert.deepEqual(lines[2]?.values, [null, null, 1000, null, null])
})

test('a year both filed and expected keeps its expectation', () => {
  const both = [{ year: 2023, mean: 700, lo80: 690, hi80: 710 }]
  assert.deepEqual(seatChart({ history, demand: both, seats: [] }).lines[1]?.values, [null, null, 700])
})

test('nothing known draws nothing', () => {
  const chart = seatChart({ history: [], demand: [], seats: [] })
  assert.deepEqual(chart.years, [])
  assert.equal(chart.now, undefined)
})
