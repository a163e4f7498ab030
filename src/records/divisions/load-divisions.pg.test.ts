import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { databaseForTests, type TestDatabase } from '../../../test/house/database-for-tests.ts'
import { readSite } from '../registry/site.ts'
import { loadDivisions } from './load-divisions.ts'

const shipped = fileURLToPath(new URL('../../../data', import.meta.url))
let database: TestDatabase
const progress: [number, number, string][] = []

before(async () => {
  database = await databaseForTests()
  await loadDivisions(database.db, shipped, {
    planLayer: 'pingdingshan',
    onProgress: (...step) => progress.push(step),
  })
})
after(() => database.close())

async function count(counties: number[], query: string): Promise<number> {
  const { rows } = await database.db.transaction({ counties }, (tx) =>
    sql<{ count: number }>`select count(*) as count from ${sql.raw(query)}`.execute(tx),
  )
  return rows[0]!.count
}

test('a real site has units, links and outlines, and no institutions', async () => {
  const { rows } = await database.db.pool.query('select county_id from registry.county')
  const all = rows.map((row) => row.county_id as number)
  assert.equal(all.length, 13)
  assert.equal(await count(all, 'book.unit'), 1 + 12 + 148 + 2828)
  assert.equal(await count(all, 'book.unit_link'), 12 + 148 + 2828)
  assert.equal(await count(all, 'registry.boundary'), 12 + 148)
  assert.equal(await count(all, 'registry.boundary where indicative'), 148)
  assert.equal(await count(all, 'registry.institution'), 0)
  assert.equal(await count(all, 'registry.birth'), 0)
})

test('a county sees its own units only', async () => {
  assert.equal(await count([410404], 'book.unit'), 1 + 4 + 26)
})

test('derived urban–rural classes are named in the act', async () => {
  const { rows } = await database.db.transaction({ counties: [410404] }, (tx) =>
    sql<{ derived: number[] }>`select detail->'derivedUrbanRural' as derived from registry.act`.execute(tx),
  )
  assert.equal(rows[0]!.derived.length, 12)
})

test('the site says it is not generated, and progress reached its end', async () => {
  assert.equal((await readSite(database.db.pool))?.synthetic, false)
  assert.deepEqual(progress.at(-1)?.slice(0, 2), [13, 13])
})
