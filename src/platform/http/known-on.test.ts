import assert from 'node:assert/strict'
import { test } from 'node:test'
import { knownAtOf } from './known-on.ts'

test('a reading may ask for what was known at the end of a day; an act may not', () => {
  assert.equal(knownAtOf('GET', '/api/targets?knownOn=2025-03-01'), '2025-03-01T23:59:59.999999+08:00')
  assert.equal(knownAtOf('GET', '/api/targets?asOf=2025-03-01'), undefined)
  assert.equal(knownAtOf('GET', '/api/targets'), undefined)
  assert.equal(knownAtOf('POST', '/api/filings?knownOn=2025-03-01'), undefined)
})

test('what names no day is malformed, and never goes into a statement', () => {
  for (const day of ['2025-13-45', 'yesterday', "2025-01-01'; drop", '2025-1-1', '2024-02-30', '0000-01-01'])
    assert.equal(knownAtOf('GET', `/api/targets?knownOn=${encodeURIComponent(day)}`), 'malformed', day)
})
