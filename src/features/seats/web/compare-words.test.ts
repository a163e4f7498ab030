import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ScenarioAnswer } from '../scenario-contract.ts'
import { differenceTone, differenceWords, gapWords, placeToCompare } from './compare-words.ts'

test('a gap says 缺 or 余, unknown is no number', () => {
  assert.equal(gapWords(1234.4), '缺 1,234')
  assert.equal(gapWords(-50), '余 50')
  assert.equal(gapWords(0.3), '0')
  assert.equal(gapWords(null), '缺数据')
})

test('a difference carries its sign in words and colour alike', () => {
  assert.equal(differenceWords(120), '+120')
  assert.equal(differenceTone(120), 'shortage-pale')
  assert.equal(differenceWords(-3000), '−3,000')
  assert.equal(differenceTone(-3000), 'surplus-pale')
  assert.equal(differenceWords(0.2), '0')
  assert.equal(differenceTone(0.2), 'even')
  assert.equal(differenceWords(null), '缺数据')
  assert.equal(differenceTone(null), 'missing')
})

test('a county’s scenario is compared in its county', () => {
  const saved = [
    { scenarioId: 1, countyId: 410400 },
    { scenarioId: 2, countyId: 410422 },
  ] as ScenarioAnswer[]
  const at = (county: string, ...keys: string[]) => placeToCompare(county, keys, saved, [410402, 410422])
  assert.equal(at('', 'mid', 's2'), '410422')
  assert.equal(at('', 's1', 's2'), '410422')
  assert.equal(at('', 's1', 'mid'), '')
  assert.equal(at('', 'mid', 'low'), '')
  assert.equal(at('410402', 'mid', 's2'), '410402')
})
