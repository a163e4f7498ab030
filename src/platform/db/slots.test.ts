import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { openSlots } from './slots.ts'

test('never more than allowed at once, all get their turn, in order', async () => {
  const slots = openSlots(3)
  const order: number[] = []
  let now = 0
  let most = 0
  await Promise.all(
    Array.from({ length: 20 }, async (_, index) => {
      const done = await slots.take()
      order.push(index)
      now += 1
      most = Math.max(most, now)
      await turn()
      now -= 1
      done()
      done()
    }),
  )
  assert.equal(most, 3)
  assert.deepEqual(order, [...Array(20).keys()])
})
