import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keepDay } from './keep-day.ts'

const then = { asOf: '2024-06-30', known: 'then', county: 410402 }
const to = (search: object, chosen: object) => keepDay({ search: { ...search }, next: () => ({ ...chosen }) })

test('a link from a past day leads to the same day, with its own choices and none of the page before', () => {
  assert.deepEqual(to(then, { state: 'mine' }), { asOf: '2024-06-30', known: 'then', state: 'mine' })
  assert.deepEqual(to({ county: 410402 }, { state: 'mine' }), { state: 'mine' })
})

test('whoever names another day, or goes back to today, is followed', () => {
  assert.equal(to(then, { asOf: '2024-01-01' }).asOf, '2024-01-01')
  assert.deepEqual(JSON.parse(JSON.stringify(to(then, { asOf: undefined, known: undefined }))), {})
})
