import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Succession } from '../succession.ts'
import { followSuccession } from './follow-succession.ts'

function event(fromId: number, toId: number, effectiveOn: string, share = 1): Succession {
  return { countyId: 410422, subject: 'institution', fromId, toId, share, effectiveOn }
}

/** Whose figures what `filedBy` filed for a year counts as. */
function heirs(successions: Succession[], filedBy: number, year: number) {
  const found = followSuccession(successions).find(
    (one) => one.filedBy === filedBy && one.fromYear <= year && year < one.toYear,
  )
  return found?.heirs.map((heir) => [heir.id, Number(heir.share.toFixed(6))])
}

test('a merger gives the whole past to the survivor, up to the statistical day it took', () => {
  const merger = [event(2, 1, '2020-09-01')]
  assert.deepEqual(heirs(merger, 2, 2019), [[1, 1]])
  assert.deepEqual(heirs(merger, 2, 2020), [[2, 1]], 'on 1 September itself each files for itself')
  assert.deepEqual(heirs([event(2, 1, '2020-09-02')], 2, 2020), [[1, 1]])
  assert.equal(heirs(merger, 1, 2019), undefined, 'the survivor inherits and gives nothing away')
})

test('mergers follow each other, also on one day and in any order of entry', () => {
  const chain = [event(3, 2, '2019-08-01'), event(2, 1, '2022-08-01')]
  assert.deepEqual(heirs(chain, 3, 2018), [[1, 1]])
  assert.deepEqual(heirs(chain.toReversed(), 3, 2018), [[1, 1]])
  assert.deepEqual(heirs([event(2, 1, '2022-08-01'), event(3, 2, '2022-08-01')], 3, 2018), [[1, 1]])
})

test('a school that lives on after a split keeps its share of the past and all of what came after', () => {
  const split = [event(1, 1, '2021-08-01', 0.6), event(1, 9, '2021-08-01', 0.4)]
  assert.deepEqual(heirs(split, 1, 2020), [
    [1, 0.6],
    [9, 0.4],
  ])
  assert.deepEqual(heirs(split, 1, 2021), [[1, 1]])
})

test('a merger before a split is shared out, a part that goes up elsewhere later follows', () => {
  const story = [
    event(2, 1, '2019-08-01'),
    event(1, 1, '2021-08-01', 0.5),
    event(1, 9, '2021-08-01', 0.5),
    event(9, 4, '2023-08-01'),
  ]
  assert.deepEqual(heirs(story, 2, 2018), [
    [1, 0.5],
    [4, 0.5],
  ])
  assert.deepEqual(heirs(story, 9, 2022), [[4, 1]])
})

test('two splits of one school multiply', () => {
  const story = [
    event(1, 1, '2019-08-01', 0.5),
    event(1, 8, '2019-08-01', 0.5),
    event(1, 1, '2021-08-01', 0.5),
    event(1, 9, '2021-08-01', 0.5),
  ]
  assert.deepEqual(heirs(story, 1, 2018), [
    [1, 0.25],
    [9, 0.25],
    [8, 0.5],
  ])
  assert.deepEqual(heirs(story, 1, 2020), [
    [1, 0.5],
    [9, 0.5],
  ])
})

test('schools that go up in each other on one day do not turn for ever', () => {
  const circle = [event(1, 2, '2020-08-01'), event(2, 1, '2020-08-01')]
  assert.equal(heirs(circle, 1, 2019)?.length, 1)
})
