import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Result } from '../../kernel/result.ts'
import { mayAsk, mayDecide, maySeeAlone, mayTake, needsSecondPerson } from './export-rules.ts'

const codeOf = (result: Result<unknown>) => (result.ok ? 'granted' : result.refusal.code)

test('a hundred masked people may be taken out alone; one more, or numbers in plain, need a second person', () => {
  assert.equal(needsSecondPerson({ persons: 100, plain: false }), false)
  assert.equal(needsSecondPerson({ persons: 101, plain: false }), true)
  assert.equal(needsSecondPerson({ persons: 1, plain: true }), true)
})

test('a hundred children a day may be seen alone, however they are seen', () => {
  assert.equal(codeOf(maySeeAlone(100)), 'granted')
  assert.equal(codeOf(maySeeAlone(101)), 'people.seen-alone-too-many')
})

test('nobody and everybody are refused', () => {
  assert.equal(codeOf(mayAsk(0)), 'people.export-nobody')
  assert.equal(codeOf(mayAsk(1)), 'granted')
  assert.equal(codeOf(mayAsk(50_000)), 'granted')
  assert.equal(codeOf(mayAsk(50_001)), 'people.export-too-many')
})

test('who asked does not decide; what is decided stays so', () => {
  assert.equal(codeOf(mayDecide({ own: true, state: 'asked' })), 'people.export-own-request')
  assert.equal(codeOf(mayDecide({ own: false, state: 'asked' })), 'granted')
  assert.equal(codeOf(mayDecide({ own: false, state: 'refused' })), 'people.export-already-decided')
})

test('an agreement is good for three days', () => {
  const request = {
    state: 'granted',
    askedAt: '2026-01-01 08:00:00+08',
    decidedAt: '2026-01-02 08:00:00+08',
  } as const
  assert.equal(codeOf(mayTake(request, new Date('2026-01-05T08:00:00+08:00'))), 'granted')
  assert.equal(codeOf(mayTake(request, new Date('2026-01-05T08:00:01+08:00'))), 'people.export-expired')
  assert.equal(
    codeOf(mayTake({ ...request, decidedAt: null }, new Date('2026-01-04T08:00:01+08:00'))),
    'people.export-expired',
  )
  assert.equal(
    codeOf(mayTake({ ...request, state: 'asked' }, new Date('2026-01-02'))),
    'people.export-not-granted',
  )
})
