import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { dueLightsOn } from './due-light.ts'
import { workingDaysBetween } from './working-days.ts'

// 2026-11-27 is a Friday.
const calendar = [{ year: 2026, holidays: [] }]
const light = (dueOn: string | null, nearDays = 3) => dueLightsOn('2026-11-27', { nearDays, calendar })(dueOn)

test('past is red, the day itself and the working days before it are yellow, more is green', () => {
  assert.equal(light('2026-11-26'), 'red')
  assert.equal(light('2026-11-27'), 'yellow')
  assert.equal(light('2026-12-02'), 'yellow', 'Monday to Wednesday are three working days')
  assert.equal(light('2026-12-03'), 'green')
  assert.equal(light(null), 'green')
})

const day = fc.integer({ min: 0, max: 60 }).map((days) => {
  const at = new Date('2026-11-01T00:00:00Z')
  at.setUTCDate(at.getUTCDate() + days)
  return at.toISOString().slice(0, 10)
})

test('near is as many working days away as the parameter says, or fewer', () => {
  fc.assert(
    fc.property(day, day, fc.integer({ min: 0, max: 20 }), (today, dueOn, nearDays) => {
      fc.pre(dueOn >= today)
      const near = workingDaysBetween(today, dueOn, calendar) <= nearDays
      assert.equal(dueLightsOn(today, { nearDays, calendar })(dueOn), near ? 'yellow' : 'green')
    }),
  )
})

test('a later day is never more pressing', () => {
  const order = ['red', 'yellow', 'green']
  fc.assert(
    fc.property(day, day, fc.integer({ min: 0, max: 20 }), (one, other, nearDays) => {
      const [early, late] = one < other ? [one, other] : [other, one]
      assert.ok(order.indexOf(light(early, nearDays)) <= order.indexOf(light(late, nearDays)))
    }),
  )
})
