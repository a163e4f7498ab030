import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onceADay } from './once-a-day.ts'

test('once on each day, and again the same day only after it failed', async () => {
  let day = '2026-08-31'
  let times = 0
  let fails = true
  const chore = onceADay(
    () => day,
    async () => {
      times += 1
      if (fails) throw new Error('not yet')
    },
  )
  await assert.rejects(chore())
  fails = false
  await chore()
  await chore()
  assert.equal(times, 2)
  day = '2026-09-01'
  await chore()
  assert.equal(times, 3)
})
