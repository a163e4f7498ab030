import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { databaseForTests, type TestDatabase } from '../../../test/house/database-for-tests.ts'
import { loadDivisions } from '../../records/divisions/load-divisions.ts'
import { root } from '../data-folder.ts'

let site: TestDatabase
const folder = mkdtempSync(join(tmpdir(), 'kuoyou-standings-'))

before(async () => {
  site = await databaseForTests()
  await loadDivisions(site.db, join(root, 'data'), { planLayer: 'pingdingshan' })
})
after(async () => {
  await site.close()
  rmSync(folder, { recursive: true })
})

function kuoyou(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const { host, user, password, port, database: name } = site.connection
  const secret = `${encodeURIComponent(String(user))}:${encodeURIComponent(String(password ?? ''))}`
  const url = `postgres://${secret}@localhost:${port ?? 5432}/${name}?host=${encodeURIComponent(String(host))}`
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(root, 'src/app/cli.ts'), ...args, '--data', folder],
      { env: { ...process.env, DATABASE_URL: url } },
      (error, out, err) => resolve({ code: error ? Number(error.code) : 0, out, err }),
    )
  })
}

test('a site with no school yet keeps what it does not know, finds it again, and tells a figure that was altered', async () => {
  const none = await kuoyou('standings', 'check')
  assert.deepEqual([none.code, /没有留存过/.test(none.out)], [1, true])
  const kept = await kuoyou('standings', 'keep')
  assert.deepEqual([kept.code, kept.err], [0, ''])
  const { rows } = await site.db.pool.query<{ count: number }>(
    'select count(distinct county_id)::integer as count from series.published',
  )
  const counties = await site.db.pool.query('select county_id from registry.county')
  assert.equal(rows[0]!.count, counties.rows.length)
  const published = async () =>
    (await site.db.pool.query('select count(*) from series.published')).rows[0].count
  const once = await published()
  const again = await kuoyou('standings', 'keep')
  assert.deepEqual([again.code, /都已留存/.test(again.out), await published()], [0, true, once])
  const checked = await kuoyou('standings', 'check')
  assert.deepEqual([checked.code, checked.out.match(/一致/g)?.length], [0, 2])
  await site.db.pool.query(
    "update series.published set values_hash = 'x' where kind = 'coverage' and county_id = 410422",
  )
  const altered = await kuoyou('standings', 'check')
  assert.deepEqual([altered.code, /不一致：410422/.test(altered.out)], [1, true])
})

test('what it cannot do is told', async () => {
  assert.equal((await kuoyou('standings', 'forget')).code, 2)
})
