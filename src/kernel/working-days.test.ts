import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { afterWorkingDays, isWorkingDay, type WorkYear, workingDaysBetween } from './working-days.ts'

const y2026: WorkYear = {
  year: 2026,
  holidays: [
    { from: '2026-02-15', to: '2026-02-23', worked: ['2026-02-14', '2026-02-28'] },
    { from: '2026-10-01', to: '2026-10-07', worked: ['2026-09-20', '2026-10-10'] },
  ],
}

test('a limit runs from the next day, skips holidays and counts the weekend days worked for them', () => {
  // Fri 13 Feb: Sat 14 is worked (1), then off until Mon 23, Tue 24 (2), Wed 25 (3)
  assert.deepEqual(afterWorkingDays('2026-02-13', 3, [y2026]), { day: '2026-02-25', assumedYears: [] })
  assert.deepEqual(afterWorkingDays('2026-09-30', 1, [y2026]), { day: '2026-10-08', assumedYears: [] })
  assert.equal(isWorkingDay('2026-10-10', [y2026]), true)
  assert.equal(isWorkingDay('2026-10-11', [y2026]), false)
})

test('a year nobody has entered counts weekends only, and is named', () => {
  assert.deepEqual(afterWorkingDays('2026-12-31', 2, [y2026]), { day: '2027-01-04', assumedYears: [2027] })
})

test('the days between a day and its limit are the limit, whatever the day, and it never ends on a day off', () => {
  const day = fc
    .date({
      min: new Date('2025-12-01T00:00:00Z'),
      max: new Date('2026-12-31T00:00:00Z'),
      noInvalidDate: true,
    })
    .map((date) => date.toISOString().slice(0, 10))
  fc.assert(
    fc.property(day, fc.integer({ min: 1, max: 60 }), (from, count) => {
      const { day: end } = afterWorkingDays(from, count, [y2026])
      assert.equal(workingDaysBetween(from, end, [y2026]), count)
      assert.equal(workingDaysBetween(end, from, [y2026]), -count)
      assert.ok(isWorkingDay(end, [y2026]))
    }),
  )
})
