import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { sql } from 'kysely'
import { databaseForTests, type TestDatabase } from '../../../test/house/database-for-tests.ts'
import { admit, declareAccess, reaches } from './policy.ts'
import type { Grant } from './visitor.ts'

let live: TestDatabase
before(async () => {
  live = await databaseForTests()
})
after(() => live.close())

const { read } = declareAccess('thing', { read: { zh: '', roles: ['officer'] } })
interface Row {
  readonly county: number
  readonly institution: number
  readonly stage: string
  readonly reached: boolean
  readonly whole: boolean
  readonly all: boolean
}
const some = <T>(values: T[]) => fc.uniqueArray(fc.constantFrom(...values), { minLength: 1 })
const grant: fc.Arbitrary<Grant> = fc.record(
  {
    role: fc.constant('officer'),
    counties: some([1, 2]),
    institutions: some([11, 21]),
    stages: some(['preschool', 'primary']),
  },
  { requiredKeys: ['role', 'counties'] },
)

test('the database reaches exactly what the gate reaches, however the grants are limited', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(grant, { minLength: 1, maxLength: 3 }), async (grants) => {
      const visitor = admit(read, { account: 'a', name: '甲', role: 'officer', counties: [], grants })!
      const { rows } = await live.service.transaction(visitor, (tx) =>
        sql<Row>`
          select county, institution, stage, county = any (access.counties())
                 and (access.whole() or access.reaches(county, institution, array[stage])) as reached,
                 access.reaches_county(county, array[stage]) as whole, access.reaches_county(county, null) as all
            from unnest(array[1, 2]) county, unnest(array[11, 21]::bigint[]) institution,
                 unnest(array['preschool', 'primary']) stage`.execute(tx),
      )
      for (const { county, institution, stage, reached, whole, all } of rows) {
        assert.equal(reached, reaches(visitor, { counties: [county], institution, stages: [stage] }))
        const wide = grants.filter((each) => each.counties.includes(county) && !each.institutions)
        assert.equal(
          whole,
          wide.some(({ stages }) => stages?.includes(stage) ?? true),
          'of a county in a stage',
        )
        assert.equal(
          all,
          wide.some(({ stages }) => !stages),
          'of a county whatever the stage',
        )
      }
    }),
    { numRuns: 150 },
  )
})

test('to change what belongs to several stages takes all of them, in one grant each', async () => {
  const shares = [
    { counties: [1], stages: ['preschool'] },
    { counties: [2], stages: ['primary'] },
  ]
  const { rows } = await live.service.transaction(
    { counties: [1, 2], stages: ['preschool', 'primary'], shares },
    (tx) =>
      sql<Record<string, boolean>>`
        select access.reaches(1, 11, array['preschool', 'primary']) as seen,
               access.reaches_all(1, 11, array['preschool', 'primary']) as changed,
               access.reaches_all(1, 11, array['preschool']) as own`.execute(tx),
  )
  assert.deepEqual(rows[0], { seen: true, changed: false, own: true })
})

test('a transaction that was told of no stages sees none', async () => {
  const { rows } = await live.db.pool.query(
    "select access.whole() as whole, access.reaches(1, 11, array['primary']) as reached",
  )
  assert.equal(rows[0].whole, false)
  assert.notEqual(rows[0].reached, true)
})
