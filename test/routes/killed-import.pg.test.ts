import assert from 'node:assert/strict'
import { test } from 'node:test'
import { killAtSteps } from '../trust/trust-jobs.ts'

test('a worker killed in the midst of an import: another goes on, the books are as if nothing had happened', async () => {
  const { kills, slowestResumeMs } = await killAtSteps(5, 2_000, 5)
  assert.equal(kills, 5)
  assert.ok(slowestResumeMs > 0)
})
