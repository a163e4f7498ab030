import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type pg from 'pg'
import { databaseForTests, type TestDatabase } from '../../../test/house/database-for-tests.ts'
import { dataClasses, fieldInventory } from './field-inventory.ts'

let live: TestDatabase
before(async () => {
  live = await databaseForTests()
})
after(() => live.close())

/** What stands in the live schema and not in the inventory, or the other way round, or is kept in the wrong form. */
async function gaps(client: pg.Pool | pg.PoolClient): Promise<string[]> {
  const { rows } = await client.query<{ table: string; column: string; type: string }>(
    `select table_schema || '.' || table_name as "table", column_name as "column", data_type as type
       from information_schema.columns where table_schema in ('people', 'people_sealed')`,
  )
  const found = new Set(rows.map(({ table, column }) => `${table}.${column}`))
  const listed = Object.entries(fieldInventory).flatMap(([table, fields]) =>
    Object.keys(fields).map((column) => `${table}.${column}`),
  )
  return [
    ...rows
      .filter(({ table, column }) => !fieldInventory[table]?.[column])
      .map(({ table, column }) => `${table}.${column} 没有登记用途、依据和保存期`),
    ...listed.filter((name) => !found.has(name)).map((name) => `${name} 已不存在`),
    ...rows
      .filter(
        ({ table, column, type }) =>
          /C[34]/.test(fieldInventory[table]?.[column]?.class ?? '') && type !== 'bytea',
      )
      .map(({ table, column }) => `${table}.${column} 没有加密`),
  ]
}

test('every column about people says its class, purpose, basis and retention, and sensitive ones are sealed', async () => {
  assert.deepEqual(await gaps(live.db.pool), [])
  for (const [table, fields] of Object.entries(fieldInventory)) {
    for (const [column, field] of Object.entries(fields)) {
      assert.ok(field.class in dataClasses)
      for (const words of [field.purpose, field.basis, field.retention])
        assert.ok(words.trim().length >= 2, `${table}.${column}`)
    }
  }
})

for (const [statement, seen] of [
  [
    'alter table people.person add column blood_type text',
    'people.person.blood_type 没有登记用途、依据和保存期',
  ],
  ['create table people.diary (county_id integer)', 'people.diary.county_id 没有登记用途、依据和保存期'],
  ['alter table people.person drop column address_sealed', 'people.person.address_sealed 已不存在'],
  [
    'alter table people.person alter column phone_sealed type text using null',
    'people.person.phone_sealed 没有加密',
  ],
] as const) {
  test(`planted: ${statement.slice(0, 50)}`, async () => {
    const client = await live.db.pool.connect()
    try {
      await client.query('begin')
      await client.query(statement)
      assert.ok((await gaps(client)).includes(seen))
    } finally {
      await client.query('rollback')
      client.release()
    }
  })
}
