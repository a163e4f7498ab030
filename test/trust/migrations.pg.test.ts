import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { createDemonstrationAccounts } from '../../src/app/demonstration-accounts.ts'
import { migrationFolders } from '../../src/app/migration-folders.ts'
import { buildCity } from '../../src/demo/build-city.ts'
import { loadCity } from '../../src/demo/load-city.ts'
import { knownMigrations, migrate, pendingMigrations } from '../../src/platform/db/migrate.ts'
import { revert } from '../../src/platform/db/revert.ts'
import { withPatience } from '../../src/platform/db/with-patience.ts'
import { databaseForTests, type TestDatabase } from '../house/database-for-tests.ts'
import { trustMigrations } from './migrations-up-down-up.ts'

let live: TestDatabase
before(async () => {
  live = await databaseForTests()
  await loadCity(live.db, buildCity({ size: 'hamlet', seed: 20_240_822 }))
  await createDemonstrationAccounts(live.db.pool)
})
after(() => live.close())

test('down refuses to destroy what was filed, names it and leaves everything', async () => {
  const known = knownMigrations(migrationFolders)
  await assert.rejects(
    revert(live.db.pool, migrationFolders, { to: known[0]! }),
    /没有退回 .*会毁掉已有的数据（(表|列) \w+\.\w+.*--discard/,
  )
  const { rows } = await live.db.pool.query('select count(*) as count from registry.enrolment')
  assert.ok(rows[0].count > 0)
  await migrate(live.db.pool, migrationFolders)
})

test('down to a name that was never applied is refused', async () => {
  await assert.rejects(revert(live.db.pool, migrationFolders, { to: 'nowhere/0001' }), /没有做过名为 nowhere/)
  await assert.rejects(migrate(live.db.pool, migrationFolders, { to: 'nowhere/0001' }), /没有名为 nowhere/)
})

test('a migration of a newer version is left alone by an older one, and cannot be taken back by it', async () => {
  await live.db.pool.query("insert into public.migration (name) values ('future/0001-later')")
  assert.deepEqual(await migrate(live.db.pool, migrationFolders), [])
  assert.deepEqual(await pendingMigrations(live.db.pool, migrationFolders), [])
  await assert.rejects(revert(live.db.pool, migrationFolders), /不在本版本里/)
  await live.db.pool.query("delete from public.migration where name = 'future/0001-later'")
})

test('a change that finds its table busy makes nobody wait over a second, and comes through when it is free', async () => {
  const [reader, changer] = [await live.db.pool.connect(), await live.db.pool.connect()]
  await reader.query('begin; select 1 from registry.boundary limit 1')
  const { rows: own } = await changer.query('select pg_backend_pid() as pid')
  const changed = withPatience(changer, '试加一列', () =>
    changer.query('alter table registry.boundary add column tried integer'),
  )
  const waits = () => live.db.pool.query('select from pg_locks where pid = $1 and not granted', [own[0].pid])
  for (const end = Date.now() + 60_000; (await waits()).rowCount === 0; await sleep(5))
    assert.ok(Date.now() < end, 'the change never waited for its table')
  // Behind one that waits for as long as the table is busy, this would never come back: the first reader goes on reading.
  await live.db.pool.query('select 1 from registry.boundary limit 1')
  await reader.query('commit')
  await changed
  await live.db.pool.query('alter table registry.boundary drop column tried')
  reader.release()
  changer.release()
})

test('every migration goes down, up and down again: untouched tables keep their hash', async () => {
  const figures = await trustMigrations(live.db.pool, (line) => process.stdout.write(`${line}\n`))
  assert.ok(figures.migrations >= 9)
  assert.ok(figures.tablesChecked > 100)
})
