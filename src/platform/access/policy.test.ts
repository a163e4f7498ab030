import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { actsAllowed, admit, anyone, declareAccess, mayActFor, reaches, signedIn } from './policy.ts'
import type { Grant, Visitor } from './visitor.ts'

const access = declareAccess('school', {
  read: { zh: '只有督学和教体局可以看', roles: ['bureau', 'inspector', 'principal'] },
  record: { zh: '只有教体局可以登记', roles: ['bureau'] },
})

function holding(...grants: Grant[]): Visitor {
  return { account: 'a', name: '甲', role: grants[0]?.role ?? '', counties: [], grants }
}

test('nobody passes a policy that does not name them', () => {
  assert.equal(admit(access.read, undefined), undefined)
  assert.equal(admit(access.read, holding()), undefined)
  assert.equal(admit(access.record, holding({ role: 'inspector', counties: [1] })), undefined)
  assert.equal(admit(signedIn, undefined), undefined)
  assert.equal(admit(anyone, undefined), undefined)
})

test('a visitor stands at a route with the grants that let them through it, and no others', () => {
  const visitor = holding({ role: 'inspector', counties: [1, 2] }, { role: 'bureau', counties: [3] })
  assert.deepEqual(admit(access.record, visitor)?.counties, [3])
  assert.equal(admit(access.record, visitor)?.role, 'bureau')
  assert.deepEqual(admit(access.read, visitor)?.counties, [1, 2, 3])
})

test('institutions limit the counties of their own grant; units not looked up reach nothing', () => {
  const one = { role: 'principal', counties: [1], institutions: [11] }
  const other = { role: 'principal', counties: [2], institutions: [21] }
  assert.deepEqual(admit(access.read, holding(one, other))?.institutions, [11, 21])
  const within = admit(access.read, holding(one, { role: 'bureau', counties: [1] }))
  assert.deepEqual(
    [within?.institutions, within?.shares],
    [undefined, undefined],
    'one lies within the other',
  )
  const beside = admit(access.read, holding(one, { role: 'bureau', counties: [3] })) as Visitor
  assert.deepEqual([beside.counties, beside.institutions], [[1, 3], undefined])
  assert.ok(reaches(beside, { counties: [3], institution: 31 }))
  assert.ok(reaches(beside, { counties: [1], institution: 11 }))
  assert.ok(!reaches(beside, { counties: [1], institution: 12 }))
  assert.deepEqual(
    admit(access.read, holding({ role: 'inspector', counties: [1], units: [7] }))?.institutions,
    [],
  )
})

test('a scope reaches counties, institutions and stages it holds', () => {
  const visitor = admit(
    access.read,
    holding({ role: 'inspector', counties: [1], institutions: [11], stages: ['primary'] }),
  ) as Visitor
  assert.ok(reaches(visitor, { counties: [1], institution: 11, stages: ['primary'] }))
  assert.ok(!reaches(visitor, { counties: [2] }))
  assert.ok(!reaches(visitor, { counties: [] }), 'asking for nothing is denied')
  assert.ok(!reaches(visitor, { stages: [] }), 'asking for nothing is denied')
  assert.ok(!reaches(visitor, { institution: 12 }))
  assert.ok(!reaches(visitor, { stages: ['primary', 'junior'] }))
  assert.ok(!mayActFor(visitor, [1, 2]))
})

test('the counties of one grant are never crossed with the stages of another', () => {
  const visitor = admit(
    access.read,
    holding(
      { role: 'bureau', counties: [1], stages: ['preschool'] },
      { role: 'bureau', counties: [2], stages: ['primary'] },
    ),
  ) as Visitor
  assert.ok(reaches(visitor, { counties: [1], stages: ['preschool'] }))
  assert.ok(reaches(visitor, { counties: [2], stages: ['primary'] }))
  assert.ok(!reaches(visitor, { counties: [1], stages: ['primary'] }))
  assert.ok(!reaches(visitor, { counties: [1, 2], stages: ['preschool'] }))
})

test('whatever grants are held, all of them is reached and nothing else', () => {
  const some = <T>(values: T[]) => fc.uniqueArray(fc.constantFrom(...values), { minLength: 1 })
  const grant = fc.record(
    {
      role: fc.constantFrom('bureau', 'inspector', 'principal'),
      counties: some([1, 2, 3]),
      institutions: some([11, 21, 31]),
      stages: some(['preschool', 'primary', 'junior']),
    },
    { requiredKeys: ['role', 'counties'] },
  )
  const asked = fc.record({
    county: fc.constantFrom(1, 2, 3),
    institution: fc.constantFrom(11, 21, 31),
    stage: fc.constantFrom('preschool', 'primary', 'junior'),
  })
  fc.assert(
    fc.property(
      fc.array(grant, { minLength: 1, maxLength: 4 }),
      asked,
      (grants, { county, institution, stage }) => {
        const visitor = admit(access.read, holding(...grants))
        const reached = reaches(visitor as Visitor, { counties: [county], institution, stages: [stage] })
        const holds = ({ counties, institutions, stages }: Grant) =>
          counties.includes(county) &&
          (institutions?.includes(institution) ?? true) &&
          (stages?.includes(stage) ?? true)
        assert.equal(reached, grants.some(holds))
      },
    ),
    { numRuns: 2_000 },
  )
})

test('an act that spans every stage takes a grant for all of them', () => {
  const compute = { ...access.record, everyStage: true as const }
  const some = { role: 'bureau', counties: [1], stages: ['preschool'] }
  assert.equal(admit(compute, holding(some)), undefined)
  assert.deepEqual(admit(compute, holding(some, { role: 'bureau', counties: [2] }))?.counties, [2])
})

test('an act over whole counties takes a grant that no institution and no unit limits', () => {
  const compute = { ...access.read, everyInstitution: true as const }
  const school = { role: 'principal', counties: [1], institutions: [11] }
  const area = { role: 'inspector', counties: [3], units: [7] }
  assert.equal(admit(compute, holding(school, area)), undefined)
  const visitor = admit(compute, holding(school, { role: 'bureau', counties: [2] }, area))
  assert.deepEqual([visitor?.counties, visitor?.shares, visitor?.role], [[2], undefined, 'bureau'])
})

test('the acts an answer carries are those the gate would allow', () => {
  const visitor = holding({ role: 'inspector', counties: [1] }, { role: 'bureau', counties: [2] })
  assert.deepEqual(actsAllowed(access, visitor, { counties: [1] }), ['read'])
  assert.deepEqual(actsAllowed(access, visitor, { counties: [2] }), ['read', 'record'])
  assert.deepEqual(actsAllowed(access, visitor, { counties: [3] }), [])
})
