import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { differencesBetween } from './difference.ts'

test('each leaf that differs is named with both values', () => {
  const now = { name: '东区', share: 0.5, lines: [{ year: 2026 }, { year: 2027 }] }
  const yours = { name: '东区', share: 0.6, lines: [{ year: 2026 }], note: '新' }
  assert.deepEqual(differencesBetween(now, yours), [
    { path: 'share', now: 0.5, yours: 0.6 },
    { path: 'lines/1', now: { year: 2027 }, yours: undefined },
    { path: 'note', now: undefined, yours: '新' },
  ])
})

test('a version does not differ from its own copy', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      assert.deepEqual(differencesBetween(value, structuredClone(value)), [])
    }),
  )
})
