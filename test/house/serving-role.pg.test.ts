import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type pg from 'pg'
import { openService } from '../../src/platform/db/open-database.ts'
import { platformRole } from '../../src/platform/db/roles.ts'
import { databaseForTests, type TestDatabase } from './database-for-tests.ts'

let database: TestDatabase
before(async () => {
  database = await databaseForTests()
})
after(() => database.close())

/** The same server written as a URL, as an administrator writes DATABASE_URL. */
function asUrl({ host, port, user, password, database: name }: pg.PoolConfig, query: Record<string, string>) {
  const url = new URL(`postgres://${user}${password ? `:${password}` : ''}@localhost/${name}`)
  const params = new URLSearchParams({ host: String(host), port: String(port ?? 5432), ...query })
  url.search = params.toString()
  return url.href
}

for (const [what, query] of [
  ['without options', {}],
  ['with options of its own', { options: '-c statement_timeout=61s' }],
  ['that names another role and zone', { options: '-c role=none -c timezone=UTC' }],
] as const)
  test(`a server named by a URL ${what} is served as the platform's role, on the clock of Beijing`, async () => {
    const service = openService({ connectionString: asUrl(database.connection, query) }, 6)
    try {
      const { rows } = await service.pool.query(
        "select current_user as role, current_setting('timezone') as zone, current_setting('statement_timeout') as patience",
      )
      assert.equal(rows[0].role, platformRole)
      assert.equal(rows[0].zone, 'Asia/Shanghai')
      if (what === 'with options of its own') assert.equal(rows[0].patience, '61s')
    } finally {
      await service.close()
    }
  })

test('a statement that takes the role off has nothing to fall back to: no book, no trace, no other role', async () => {
  const counties = { counties: [410400] }
  for (const smuggled of ["set_config('role', 'none', true)", "set_config('role', session_user, true)"]) {
    for (const reached of [
      'select from registry.institution',
      'delete from audit.entry',
      'create table public.x ()',
    ])
      await assert.rejects(
        database.service.transaction(counties, async (tx) => {
          await sql`select ${sql.raw(smuggled)}`.execute(tx)
          await sql.raw(reached).execute(tx)
        }),
        /permission denied/,
        `${smuggled}; ${reached}`,
      )
  }
  await assert.rejects(
    database.service.transaction(counties, (tx) =>
      sql`select set_config('role', 'kuoyou', true)`.execute(tx),
    ),
    /permission denied to set role/,
  )
})
