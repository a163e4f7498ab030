import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { birthsIn, childrenOn31August, childYears, together } from './child-years.ts'
import { singleAges } from './single-ages.ts'

const births = new Map([
  [2019, 120],
  [2020, 90],
  [2021, 80],
  [2022, 75],
  [2023, 70],
])
const flat = childYears(
  Array.from({ length: 20 }, () => 600),
  births,
)

test('single ages keep the sum of every census group', () => {
  const count = fc.integer({ min: 0, max: 50_000 })
  fc.assert(
    fc.property(fc.tuple(count, count, count, count, count, count), (counts) => {
      const spans = [
        [0, 0],
        [1, 4],
        [5, 9],
        [10, 14],
        [15, 19],
        [20, 24],
      ] as const
      const groups = spans.map(([from, to], i) => ({ from, to, male: counts[i]!, female: 0 }))
      const ages = singleAges(groups, 'male')
      assert.equal(ages.length, 20)
      for (const { from, to, male } of groups.slice(0, 5)) {
        assert.equal(
          ages.slice(from, to + 1).reduce((sum, age) => sum + age, 0),
          male,
        )
      }
    }),
  )
})

test('ages within a group lean towards the fuller neighbour', () => {
  const groups = [
    [0, 0, 40],
    [1, 4, 240],
    [5, 9, 500],
    [10, 14, 500],
  ] as const
  const ages = singleAges(
    groups.map(([from, to, male]) => ({ from, to, male, female: 0 })),
    'male',
  )
  assert.ok(ages[1]! < ages[4]!)
})

test('children on 31 August are ten months of one age and two of the next', () => {
  const stepped = childYears(
    Array.from({ length: 20 }, (_, age) => (age === 5 ? 1200 : 600)),
    births,
  )
  assert.equal(childrenOn31August(stepped, 2021, 6), 1100)
  assert.equal(childrenOn31August(stepped, 2022, 6), 700)
})

test('births before the census are its children, after it they follow the province', () => {
  assert.ok(Math.abs(birthsIn(flat, 2010) - 600 / 0.995) < 1e-9)
  assert.ok(birthsIn(flat, 2021) < birthsIn(flat, 2019))
  const fall = birthsIn(flat, 2023) / birthsIn(flat, 2022)
  assert.ok(Math.abs(fall - 70 / 75) < 0.01)
})

test('several units together are the sum', () => {
  assert.equal(together([flat, flat]).at(3), 1200)
})
