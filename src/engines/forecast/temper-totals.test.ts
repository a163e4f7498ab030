import assert from 'node:assert/strict'
import { test } from 'node:test'
import { smallPanel } from './cases/small-panel.ts'
import { openLedger } from './choice-ledger.ts'
import { preparePanel } from './prepared-panel.ts'
import { temperTotals, totalBlends } from './temper-totals.ts'

const falling = [
  [
    [120, 120],
    [110, 110],
    [100, 100],
    [90, 90],
    [80, 80],
  ],
]

function tempered(
  origin: number,
  own: number[],
  scores = false,
  ledger = openLedger(2, 1, totalBlends.length, 3, 5),
) {
  const paths = Float64Array.from(own)
  temperTotals(preparePanel(smallPanel(falling, [-1])), origin, own.length / 2, paths, ledger, scores)
  return { paths, ledger }
}

test('without a record the blends are averaged: the sum 200, the trend 180, last year 200', () => {
  const { paths } = tempered(2, [100, 100])
  const average = totalBlends.reduce(
    (sum, [grades, trend, last]) => sum + 200 * grades + 180 * trend + 200 * last,
    0,
  )
  assert.ok(Math.abs(paths[0]! + paths[1]! - average / totalBlends.length) < 1e-9)
  assert.equal(paths[0], paths[1])
})

test('the scale of the third year is held beyond it, and a unit is never moved by more than a quarter', () => {
  const { paths } = tempered(3, [90, 90, 90, 90, 90, 90, 90, 90, 90, 90])
  assert.equal(paths[6], paths[4])
  const wild = tempered(3, [9000, 9000]).paths
  assert.equal(wild[0], 9000 / 1.25)
})

test('with births the sum of grades stands', () => {
  const births = { firstYear: 2015, years: 8, cells: new Float64Array(8).fill(100) }
  const paths = Float64Array.of(100, 100)
  const panel = preparePanel({ ...smallPanel(falling, [-1]), births })
  temperTotals(panel, 2, 1, paths, openLedger(2, 1, totalBlends.length, 3, 5), false)
  assert.deepEqual(Array.from(paths), [100, 100])
})

test('a scored origin books its misses under the year they became known', () => {
  const { ledger } = tempered(1, [110, 110], true)
  assert.ok(ledger.counted.some((count, at) => count > 0 && at % 5 === 2))
  assert.ok(ledger.counted.every((count, at) => count === 0 || at % 5 >= 2))
})
