import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judgeGap } from './judge-gap.ts'
import { type JudgedYear, readOutlook } from './outlook.ts'

const year = (number: number, mean: number, supply = 100): JudgedYear => {
  const demand = { mean, lo80: mean - 5, hi80: mean + 5 }
  return { year: number, demand, supply, gap: judgeGap(demand, supply, 1) }
}

test('years in a row with the same sign are one warning, with lead time and worst year', () => {
  const { warnings } = readOutlook(
    [year(2024, 100), year(2025, 120), year(2026, 140), year(2027, 130), year(2028, 100), year(2029, 80)],
    [],
    2023,
    3,
  )
  assert.deepEqual(
    warnings.map(({ sign, first, last, lead, persistent }) => ({ sign, first, last, lead, persistent })),
    [
      { sign: 'shortage', first: 2025, last: 2027, lead: 2, persistent: true },
      { sign: 'surplus', first: 2029, last: 2029, lead: 6, persistent: true },
    ],
  )
  assert.equal(warnings[0]?.worst.year, 2026)
})

test('a run shorter than one class stays in the stage is transient unless the forecast ends in it', () => {
  const years = [year(2024, 120), year(2025, 120), year(2026, 100), year(2027, 100)]
  assert.equal(readOutlook(years, [], 2024, 6).warnings[0]?.persistent, false)
  assert.equal(readOutlook(years.slice(0, 2), [], 2024, 6).warnings[0]?.persistent, true)
})

test('a warning that has begun has lead 0', () => {
  assert.equal(readOutlook([year(2024, 120)], [], 2026, 6).warnings[0]?.lead, 0)
})

test('the peak may lie in the past', () => {
  const history = [
    { year: 2022, pupils: 150 },
    { year: 2023, pupils: 140 },
  ]
  assert.deepEqual(readOutlook([year(2024, 130)], history, 2024, 6).peak, {
    year: 2022,
    pupils: 150,
    observed: true,
  })
  assert.deepEqual(readOutlook([year(2024, 160)], history, 2024, 6).peak, {
    year: 2024,
    pupils: 160,
    observed: false,
  })
  assert.equal(readOutlook([], [], 2024, 6).peak, undefined)
})
