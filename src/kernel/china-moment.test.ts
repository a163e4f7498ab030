import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chinaDay, chinaMoment } from './china-moment.ts'

test('a moment is read on the clock of Beijing, however it is written', () => {
  for (const text of [
    '2026-08-31 16:30:05.123456+00',
    '2026-09-01 00:30:05.123456+08',
    '2026-08-31 12:00:05.123-04:30',
    '2026-08-31T16:30:05.123Z',
  ])
    assert.equal(chinaMoment(text, 'second'), '2026-09-01 00:30:05', text)
  assert.equal(chinaMoment('2026-08-31 16:30:05+00'), '2026-09-01 00:30')
  assert.equal(chinaMoment('2026-08-31 16:30:05+00', 'day'), '2026-09-01')
  assert.equal(chinaMoment('没有'), '没有')
})

test('a day begins at midnight in Beijing: the cut-off of 31 August, a leap day, a new year', () => {
  for (const [last, next] of [
    ['2026-08-31', '2026-09-01'],
    ['2028-02-28', '2028-02-29'],
    ['2028-02-29', '2028-03-01'],
    ['2026-12-31', '2027-01-01'],
  ] as const) {
    assert.equal(chinaDay(new Date(`${last}T23:59:59.999+08:00`)), last)
    assert.equal(chinaDay(new Date(`${last}T24:00:00.000+08:00`)), next)
  }
})
