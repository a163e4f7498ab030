import assert from 'node:assert/strict'
import { test } from 'node:test'
import { trustFuzz } from './fuzz-api.ts'

test('whatever is asked, nothing breaks, and every answer is as described', async () => {
  const { requests, operations, succeeded, statuses, wrong } = await trustFuzz({ requests: 6_000 })
  assert.deepEqual(wrong, [])
  assert.equal(requests, 6_000)
  assert.ok(succeeded > operations / 4, `${succeeded} of ${operations} ever succeeded`)
  for (const status of [200, 400, 403, 404, 422])
    assert.ok(statuses[status]! > 10, `${status}: ${statuses[status]}`)
})
