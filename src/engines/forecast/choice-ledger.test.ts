import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bookMiss, earnedWeights, openLedger, originWeight } from './choice-ledger.ts'

const range = { from: 0, to: 2 }

test('without evidence candidates share alike; with it the better one wins', () => {
  const ledger = openLedger(1, 1, 2, 1, 5)
  assert.deepEqual(Array.from(earnedWeights(ledger, 0, 0, [0], range, 4)), [0.5, 0.5])
  for (let at = 0; at < 500; at++) {
    bookMiss(ledger, 0, 0, 0, 1, 2, 1, 1)
    bookMiss(ledger, 0, 0, 1, 1, 2, 1.2, 1)
  }
  assert.ok(earnedWeights(ledger, 0, 0, [0], range, 4)[0]! > 0.99)
})

test('a miss counts only once its actual is out', () => {
  const ledger = openLedger(1, 1, 2, 1, 5)
  for (let at = 0; at < 500; at++) {
    bookMiss(ledger, 0, 0, 0, 1, 3, 1, 1)
    bookMiss(ledger, 0, 0, 1, 1, 3, 2, 1)
  }
  assert.equal(earnedWeights(ledger, 0, 0, [0], range, 2)[0], 0.5)
})

test('a grade with no record follows its kind', () => {
  const ledger = openLedger(1, 3, 2, 1, 5)
  for (let at = 0; at < 500; at++) {
    bookMiss(ledger, 0, 1, 0, 1, 2, 1, 1)
    bookMiss(ledger, 0, 1, 1, 1, 2, 2, 1)
  }
  assert.ok(earnedWeights(ledger, 0, 2, [1, 2], range, 4)[0]! > 0.9)
  assert.equal(earnedWeights(ledger, 0, 0, [0], range, 4)[0], 0.5)
})

test('origins with little history count less', () => {
  assert.deepEqual([1, 2, 3, 8].map(originWeight), [0.5, 0.75, 1, 1])
})
