import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadPlan } from '../../plan/index.ts'
import { daysLeft, deadline, extended, nearUntil } from './deadlines.ts'

const plan = loadPlan('plan', 'pingdingshan')

test('the deadline counts working days: it skips the holiday and counts the Saturdays worked for it', () => {
  // Wed 23 Sep 2026: 24, then off Fri 25 – Sun 27, 28 29 30, off 1 – 7 Oct, 8, 9, Sat 10 worked, 12, 13, 14
  const due = deadline(plan, '2026-09-23', 'grave')
  assert.deepEqual(due, { ok: true, value: { day: '2026-10-14', assumedYears: [], days: 10 } })
  assert.equal(deadline(plan, '2026-09-23', 'grave', 1).ok, true)
  assert.equal(extended(plan, '2026-09-23', '2026-09-24', 1), '2026-09-28')
  assert.equal(
    extended(plan, '2026-09-29', '2026-09-24', 1),
    '2026-09-30',
    'a passed deadline is extended from today',
  )
})

test('a day is near while no more than three working days lie before it', () => {
  assert.equal(nearUntil(plan, '2026-09-23'), '2026-09-29')
  assert.equal(daysLeft(plan, '2026-09-23', '2026-09-29'), 3)
  assert.equal(daysLeft(plan, '2026-09-23', '2026-09-22'), -1)
  assert.equal(nearUntil(plan, '2000-01-03'), '2000-01-03')
})

test('a day for which no length is in force is refused with its sentence, not guessed', () => {
  const due = deadline(plan, '2020-01-02', 'grave')
  assert.ok(!due.ok && /没有有效数值/.test(due.refusal.text))
})
