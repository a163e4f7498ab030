import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { databaseForTests, type TestDatabase } from '../../../test/house/database-for-tests.ts'
import { countiesInSight, fewCountiesAtATime, withoutCounties } from './some-counties.ts'

let database: TestDatabase
const city = 410_400
const counties = Array.from({ length: 40 }, (_, at) => 410_401 + at)

before(async () => {
  database = await databaseForTests()
})
after(() => database.close())

test('many counties are looked at a few at a time, each once, with the city beside them, and are all in sight again', () =>
  database.service.transaction({ counties: [city, ...counties] }, async (tx) => {
    const looks: (readonly number[])[] = []
    const seen = await fewCountiesAtATime(tx, counties, async () => {
      looks.push(await countiesInSight(tx))
      return looks.at(-1)!.filter((county) => county !== city)
    })
    assert.deepEqual(seen, counties)
    assert.ok(looks.length > 1)
    assert.ok(looks.every((look) => look.includes(city) && look.length < counties.length))
    assert.deepEqual(await countiesInSight(tx), [city, ...counties])
  }))

test('counties beyond the scope never come into sight', () =>
  database.service.transaction({ counties: counties.slice(0, 20) }, async (tx) => {
    const seen = await fewCountiesAtATime(tx, counties, () => countiesInSight(tx))
    assert.deepEqual(seen, counties.slice(0, 20))
  }))

test('counties set aside are out of sight for as long as the work takes', () =>
  database.service.transaction({ counties }, async (tx) => {
    const seen = await withoutCounties(tx, counties.slice(1), () =>
      fewCountiesAtATime(tx, counties.slice(0, 1), () => countiesInSight(tx)),
    )
    assert.deepEqual(seen, counties.slice(0, 1))
    assert.deepEqual(await countiesInSight(tx), counties)
  }))

test('without a scope nothing is in sight', () =>
  database.service.transaction({ counties: [] }, async (tx) =>
    assert.deepEqual(await countiesInSight(tx), []),
  ))
