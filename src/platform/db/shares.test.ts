import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Share } from './scope.ts'
import { broadest, commonShares } from './shares.ts'

const some = <T>(values: T[]) => fc.uniqueArray(fc.constantFrom(...values))
const share: fc.Arbitrary<Share> = fc.record(
  { counties: some([1, 2]), institutions: some([11, 21]), stages: some(['preschool', 'primary']) },
  { requiredKeys: ['counties'] },
)
const shares = fc.array(share, { maxLength: 4 })
const places = [1, 2].flatMap((county) =>
  [11, 21].flatMap((institution) =>
    ['preschool', 'primary'].map((stage) => ({ county, institution, stage })),
  ),
)
const within = (all: readonly Share[]) =>
  places.filter(({ county, institution, stage }) =>
    all.some(
      ({ counties, institutions, stages }) =>
        counties.includes(county) &&
        (institutions?.includes(institution) ?? true) &&
        (stages?.includes(stage) ?? true),
    ),
  )

test('left out is only what another holds, and nothing is told twice', () => {
  fc.assert(
    fc.property(shares, (all) => {
      const kept = broadest(all)
      assert.deepEqual(within(kept), within(all))
      for (const [at, one] of kept.entries())
        assert.deepEqual(broadest([one, ...kept.filter((_, of) => of !== at)]).length, kept.length)
    }),
    { numRuns: 2_000 },
  )
})

test('what two have in common is what both reach', () => {
  fc.assert(
    fc.property(shares, shares, (some, others) => {
      const both = within(commonShares(some, others))
      const inOthers = new Set(within(others))
      assert.deepEqual(
        both,
        within(some).filter((place) => inOthers.has(place)),
      )
    }),
    { numRuns: 2_000 },
  )
})
