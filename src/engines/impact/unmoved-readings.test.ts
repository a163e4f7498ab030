import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findFlips, type Verdict } from './find-flips.ts'
import { unmovedReadings } from './unmoved-readings.ts'

const verdict = (subjectId: string, reading: string | undefined, words: string): Verdict => ({
  ...{ rule: 'duty.x', ruleZh: '应有特校', unitId: 1, place: '甲县', subject: subjectId, subjectId },
  ...{ verdict: words, words },
  ...(reading && { reading }),
})

test('a thing that flips by one reading is told with what the other says of it', () => {
  const before = [verdict('a', '常住', '应有'), verdict('a', '户籍', '不应有'), verdict('b', '户籍', '应有')]
  const after = [
    verdict('a', '常住', '不应有'),
    verdict('a', '户籍', '不应有'),
    verdict('b', '户籍', '不应有'),
  ]
  const told = unmovedReadings(findFlips(before, after), after)
  assert.deepEqual(
    told.map(({ subjectId, reading, unmoved }) => [subjectId, reading, unmoved]),
    [
      ['a', '常住', [{ reading: '户籍', words: '不应有' }]],
      ['b', '户籍', [{ reading: '常住', words: null }]],
    ],
  )
})

test('where both readings flip, or the words can be read in one way only, nothing stands beside', () => {
  const run = (words: string) => [
    verdict('a', '常住', words),
    verdict('a', '户籍', words),
    verdict('c', undefined, words),
  ]
  for (const flip of unmovedReadings(findFlips(run('甲'), run('乙')), run('乙')))
    assert.equal('unmoved' in flip, false)
})
