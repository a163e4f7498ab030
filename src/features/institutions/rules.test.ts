import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cannotBe } from './rules.ts'

test('only a private institution has a profit status', () => {
  assert.equal(
    cannotBe({ sector: 'public', profitStatus: 'non-profit' })?.refusal.code,
    'institutions.public-has-no-profit-status',
  )
  assert.equal(cannotBe({ sector: 'public' }), undefined)
  assert.equal(cannotBe({ sector: 'public', profitStatus: null }), undefined)
  assert.equal(cannotBe({ sector: 'private', profitStatus: 'for-profit' }), undefined)
})
