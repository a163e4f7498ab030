import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadPlan } from '../../plan/index.ts'
import { accuses } from './found-by-checks.ts'

const checks = [...loadPlan('plan', 'pingdingshan').checks.values()]

test('a check of drafts opens no finding, one of approved filings does', () => {
  const ofDrafts = checks.filter(({ sql }) => sql?.includes('filing_in_hand'))
  assert.ok(ofDrafts.length > 0)
  assert.deepEqual(ofDrafts.filter(accuses), [])
  const name = checks.find(({ id }) => id === 'kindergarten-admission.registered-name')
  assert.ok(name && accuses(name))
  assert.ok(!accuses({ ...name, severity: 'hint' }))
})
