import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type FindingPhase, findingPhases } from '../../kernel/finding.ts'
import { type Role, roles, schoolStaff } from '../../kernel/role.ts'
import type { Grant, Visitor } from '../../platform/access/visitor.ts'
import { actsOpenTo } from './flow.ts'
import { handsOf, type Placed } from './hands.ts'

const [city, ...counties] = [9, 1, 2] as const
const institutions = [10, 11, 20]
const some = <T>(all: readonly T[]) => fc.option(fc.subarray([...all], { minLength: 1 }), { nil: undefined })
/** Offices that have a part in findings come up oftener than the others. */
const role = fc.oneof(
  fc.constantFrom<Role>(
    ...schoolStaff,
    'county-bureau',
    'inspector',
    'city-supervision',
    'city-basic-education',
    'finance',
    'city-personnel',
  ),
  fc.constantFrom(...(Object.keys(roles) as Role[])),
)
const grant: fc.Arbitrary<Grant> = fc
  .record({
    role,
    counties: fc.subarray([city, ...counties], { minLength: 1 }),
    institutions: some(institutions),
    stages: some(['primary', 'junior']),
  })
  .map(({ institutions, stages, ...held }) => ({
    ...held,
    ...(institutions && { institutions }),
    ...(stages && { stages }),
  }))
const placed: fc.Arbitrary<Placed> = fc.oneof(
  fc.record({
    countyId: fc.constantFrom(...counties),
    institutionId: fc.constantFrom(10, 11),
    ownerLevel: fc.constantFrom('institution' as const, 'county' as const),
  }),
  fc.record({
    countyId: fc.constantFrom(...counties),
    institutionId: fc.constant(null),
    ownerLevel: fc.constant('county' as const),
    cause: fc.constantFrom('money' as const, 'posts' as const, 'land' as const, null),
  }),
  fc.constant({ countyId: city, institutionId: null, ownerLevel: 'county' as const, ofCity: true }),
)

/** Do these grants make somebody one of the people of the unit that must rectify, or of those whose money or posts it lacks? */
function belongs(
  held: readonly Grant[],
  { countyId, institutionId, ownerLevel, ofCity, cause }: Placed,
): boolean {
  const own: readonly string[] = ofCity
    ? ['city-basic-education']
    : ownerLevel === 'institution'
      ? schoolStaff
      : ['county-bureau']
  const gives: readonly string[] =
    cause === 'money' ? ['finance', 'city-planning-finance'] : cause === 'posts' ? ['city-personnel'] : []
  return held.some(
    ({ role: office, counties: of, institutions: only }) =>
      [...own, ...gives].includes(office) &&
      of.includes(countyId) &&
      (institutionId === null || !only || only.includes(institutionId)),
  )
}

test('回避: whatever else they hold, the people of the unit that must rectify neither hand over, recheck nor close', () => {
  let kept = 0
  let judges = 0
  fc.assert(
    fc.property(fc.array(grant, { minLength: 1, maxLength: 4 }), placed, fc.boolean(), (grants, of, met) => {
      const visitor: Visitor = { account: 'a', name: '某人', ...grants[0]!, grants }
      const hands = handsOf(visitor, of)
      const acts = hands.flatMap((hand) =>
        (Object.keys(findingPhases) as FindingPhase[]).flatMap((phase) =>
          actsOpenTo(
            { phase, ownerLevel: of.ownerLevel, dueOn: '2026-01-05', conditionMet: met, sides: new Map() },
            hand,
            'a',
          ),
        ),
      )
      if (belongs(grants, of)) {
        assert.ok(hands.length > 0 && hands.every((hand) => hand === 'rectifier' || hand === 'partner'))
        for (const act of ['assign', 'recheck', 'close', 'dismiss', 'send-back', 'extend', 'reopen'] as const)
          assert.ok(!acts.includes(act), act)
        if (handsOf({ ...visitor, grants: grants.filter((one) => !belongs([one], of)) }, of).length > 0)
          kept += 1
      } else {
        assert.ok(!hands.includes('rectifier') && !hands.includes('partner'))
        if (acts.includes('close')) judges += 1
      }
    }),
    { numRuns: 4000 },
  )
  assert.ok(kept > 50 && judges > 50, `${kept} kept out of an office they hold, ${judges} who may close`)
})
