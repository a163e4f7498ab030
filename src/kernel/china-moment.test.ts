import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chinaMoment } from './china-moment.ts'

test('a moment is read on the clock of Beijing, however it is written', () => {
  for (const text of [
    '2026-08-31 16:30:05.123456+00',
    '2026-09-01 00:30:05.123456+08',
    '2026-08-31 12:00:05.123-04:30',
    '2026-08-31T16:30:05.123Z',
  ])
    assert.equal(chinaMoment(text, 'second'), '2026-09-01 00:30:05', text)
  assert.equal(chinaMoment('2026-08-31 16:30:05+00'), '2026-09-01 00:30')
  assert.equal(chinaMoment('2026-08-31 16:30:05+00', 'day'), '2026-09-01')
  assert.equal(chinaMoment('没有'), '没有')
})
