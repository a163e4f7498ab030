import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { findFlips, type Verdict } from './find-flips.ts'

const verdict = (subjectId: string, said: string, more: Partial<Verdict> = {}): Verdict => ({
  rule: 'duty.rural-school-helped',
  ruleZh: '每所乡村学校都有城镇学校对口帮扶',
  unitId: 410_422,
  place: '叶县',
  subject: `学校${subjectId}`,
  subjectId,
  verdict: said,
  words: said,
  ...more,
})

test('what is said alike by both runs is no flip; what differs is told old and new side by side', () => {
  const flips = findFlips(
    [verdict('1', '已覆盖'), verdict('2', '未覆盖')],
    [verdict('1', '已覆盖'), verdict('2', '已覆盖')],
  )
  assert.deepEqual(
    flips.map(({ subjectId, before, after }) => [subjectId, before, after]),
    [['2', '未覆盖', '已覆盖']],
  )
})

test('readings are told apart, and what one run alone speaks of has flipped', () => {
  const flips = findFlips(
    [verdict('1', '要求', { reading: 'resident' }), verdict('1', '要求', { reading: 'registered' })],
    [
      verdict('1', '不要求', { reading: 'resident' }),
      verdict('1', '要求', { reading: 'registered' }),
      verdict('3', '要求'),
    ],
  )
  assert.deepEqual(
    flips.map(({ subjectId, reading, before, after }) => [subjectId, reading, before, after]),
    [
      ['1', 'resident', '要求', '不要求'],
      ['3', undefined, null, '要求'],
    ],
  )
})

const runs = fc.uniqueArray(
  fc.record({ id: fc.nat(30).map(String), said: fc.constantFrom('a', 'b', 'c'), unit: fc.nat(2) }),
  { selector: ({ id, unit }) => `${id} ${unit}` },
)
const run = runs.map((rows) => rows.map(({ id, said, unit }) => verdict(id, said, { unitId: unit })))

test('applied to the old run the flips give the new one; the order of a run is of no account', () => {
  fc.assert(
    fc.property(run, run, (before, after) => {
      const said = new Map(before.map(({ unitId, subjectId, words }) => [`${unitId} ${subjectId}`, words]))
      for (const { unitId, subjectId, before: was, after: is } of findFlips(before.toReversed(), after)) {
        assert.equal(said.get(`${unitId} ${subjectId}`) ?? null, was)
        if (is === null) said.delete(`${unitId} ${subjectId}`)
        else said.set(`${unitId} ${subjectId}`, is)
      }
      const wanted = after.map(({ unitId, subjectId, words }) => [`${unitId} ${subjectId}`, words] as const)
      assert.deepEqual(new Map([...said].sort()), new Map([...wanted].sort()))
      assert.deepEqual(findFlips(after, after), [])
    }),
  )
})
