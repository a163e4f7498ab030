import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { databaseForTests, type TestDatabase } from '../../../test/house/database-for-tests.ts'
import { countiesInSight, withoutCounties } from './some-counties.ts'

let database: TestDatabase
const counties = Array.from({ length: 40 }, (_, at) => 410_401 + at)

before(async () => {
  database = await databaseForTests()
})
after(() => database.close())

test('counties set aside are out of sight for as long as the work takes', () =>
  database.service.transaction({ counties }, async (tx) => {
    const seen = await withoutCounties(tx, counties.slice(1), () => countiesInSight(tx))
    assert.deepEqual(seen, counties.slice(0, 1))
    assert.deepEqual(await countiesInSight(tx), counties)
  }))

test('without a scope nothing is in sight', () =>
  database.service.transaction({ counties: [] }, async (tx) =>
    assert.deepEqual(await countiesInSight(tx), []),
  ))
