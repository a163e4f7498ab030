import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findPeriod, periodsBegun } from './return-period.ts'

test('a yearly form is owed for each school year that has begun, due within it', () => {
  const autumn = { rhythm: { kind: 'yearly', due: '10-15' }, from: '2024-09-01' } as const
  assert.deepEqual(
    periodsBegun(autumn, '2025-09-01').map(({ id, dueOn }) => [id, dueOn]),
    [
      ['2025', '2025-10-15'],
      ['2024', '2024-10-15'],
    ],
  )
  assert.deepEqual(
    periodsBegun(autumn, '2025-08-31').map(({ id }) => id),
    ['2024'],
  )
  assert.deepEqual(periodsBegun(autumn, '2024-08-31'), [])
  const spring = { rhythm: { kind: 'yearly', due: '03-31' }, from: '2024-09-01' } as const
  assert.equal(findPeriod(spring, '2024', '2025-01-01')?.dueOn, '2025-03-31')
})

test('terms and months begin on their first day and are due in the next month, over the turn of the year', () => {
  const termly = {
    rhythm: { kind: 'termly', dueAutumn: '01-20', dueSpring: '07-10' },
    from: '2024-09-01',
  } as const
  assert.deepEqual(
    periodsBegun(termly, '2025-03-01').map(({ id, from, dueOn }) => [id, from, dueOn]),
    [
      ['2024-2', '2025-03-01', '2025-07-10'],
      ['2024-1', '2024-09-01', '2025-01-20'],
    ],
  )
  const monthly = { rhythm: { kind: 'monthly', dueDay: 5 }, from: '2024-11-20' } as const
  assert.deepEqual(
    periodsBegun(monthly, '2025-01-01').map(({ id, dueOn }) => [id, dueOn]),
    [
      ['2025-01', '2025-02-05'],
      ['2024-12', '2025-01-05'],
      ['2024-11', '2024-12-05'],
    ],
  )
})

test('a book kept by event has no periods; a form owed once has one', () => {
  assert.deepEqual(periodsBegun({ rhythm: { kind: 'event' }, from: '2024-09-01' }, '2026-01-01'), [])
  const once = { rhythm: { kind: 'once', due: '2024-12-31' }, from: '2024-09-01' } as const
  assert.equal(findPeriod(once, 'once', '2024-09-01')?.dueOn, '2024-12-31')
  assert.equal(findPeriod(once, 'once', '2024-08-31'), undefined)
})
