import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pastAct } from './past-act.ts'

const act = { method: 'POST' } as const
const today = '2026-11-28'

test('an act whose address names a day gone by is refused with the day and the way back', () => {
  for (const url of [
    '/api/x?asOf=2026-11-27',
    '/api/x?a=1&knownOn=0001-01-01',
    `/api/x?asOf=${today}&asOf=2025-01-01`,
  ]) {
    const refusal = pastAct(act, url, today)
    assert.equal(refusal?.code, 'act.on-a-past-day')
    assert.match(refusal.text, /截至 \d{4}-\d{2}-\d{2} 的台账—.*—请先回到今天再办/)
  }
})

test('acts of today, readings, and what enters nothing into the books go on', () => {
  for (const url of ['/api/x', `/api/x?asOf=${today}`, '/api/x?asOf=2027-01-01', '/api/x?asOf=soon'])
    assert.equal(pastAct(act, url, today), undefined)
  assert.equal(pastAct({ method: 'GET' }, '/api/x?asOf=2025-01-01', today), undefined)
  assert.equal(pastAct({ ...act, anyDay: true }, '/api/x?asOf=2025-01-01', today), undefined)
})
