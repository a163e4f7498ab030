import assert from 'node:assert/strict'
import { test } from 'node:test'
import { monthDays } from './month-days.ts'

test('a month begins on its first and ends on its last day, leap years too', () => {
  assert.deepEqual(monthDays('2024-09'), { from: '2024-09-01', to: '2024-09-30' })
  assert.deepEqual(monthDays('2024-12'), { from: '2024-12-01', to: '2024-12-31' })
  assert.deepEqual(monthDays('2024-02'), { from: '2024-02-01', to: '2024-02-29' })
  assert.deepEqual(monthDays('2025-02'), { from: '2025-02-01', to: '2025-02-28' })
})
