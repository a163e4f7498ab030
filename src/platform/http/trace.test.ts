import assert from 'node:assert/strict'
import { test } from 'node:test'
import { worthTracing } from './trace.ts'

test('acts, and reads turned away, leave a trace; so does what a signed-in visitor asks for in vain', () => {
  assert.ok(worthTracing('POST', 400, undefined))
  assert.ok(worthTracing('GET', 403, 'a'))
  assert.ok(worthTracing('GET', 500, undefined))
  assert.ok(worthTracing('GET', 404, 'a'))
  assert.ok(!worthTracing('GET', 404, undefined))
  assert.ok(!worthTracing('GET', 401, undefined))
  assert.ok(!worthTracing('GET', 200, 'a'))
})

test('asking too fast is told once a minute for each account, not as often as it is asked', (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: Date.UTC(2026, 0, 1) })
  const told = () => ['a', 'a', 'b', '', 'a'].filter((account) => worthTracing('GET', 429, account))
  assert.deepEqual(told(), ['a', 'b'])
  assert.deepEqual(told(), [])
  t.mock.timers.tick(60_000)
  assert.deepEqual(told(), ['a', 'b'])
})
