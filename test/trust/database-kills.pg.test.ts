import assert from 'node:assert/strict'
import { test } from 'node:test'
import { trustImportKills } from './database-killed-importing.ts'
import { trustDatabaseKills } from './database-kills.ts'

// The server of KUOYOU_TEST_DATABASE belongs to somebody else: only a database of this test's own is killed.
test('the database is killed four times under load: nothing acknowledged is lost, the platform goes on by itself', async () => {
  const figures = await trustDatabaseKills(4, (line) => process.stdout.write(`${line}\n`))
  assert.equal(figures.kills, 4)
  assert.ok(figures.unacknowledged > 0, 'somebody was told that the database is away')
})

test('the database is killed while an import is written: the job goes on by itself, the books are as if nothing had been', async () => {
  const figures = await trustImportKills(2, 1_200, (line) => process.stdout.write(`${line}\n`))
  assert.equal(figures.kills, 2)
})
