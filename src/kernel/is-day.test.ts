import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isDay } from './is-day.ts'

test('only days of the calendar, written in full, are days', () => {
  for (const day of ['2024-02-29', '1999-12-31']) assert.ok(isDay(day), day)
  for (const none of ['2024-13-45', '2023-02-29', '2024-2-1', '', '2024-02-29T00:00'])
    assert.ok(!isDay(none), none)
})
