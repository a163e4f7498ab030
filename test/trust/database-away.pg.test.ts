import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { createDemonstrationAccounts } from '../../src/app/demonstration-accounts.ts'
import { migrationFolders } from '../../src/app/migration-folders.ts'
import { booksOf } from '../../src/app/open-site.ts'
import { platformServer } from '../../src/app/server.ts'
import { buildCity } from '../../src/demo/build-city.ts'
import { loadCity } from '../../src/demo/load-city.ts'
import { openSession } from '../../src/platform/access/session.ts'
import { type EmbeddedServer, startEmbeddedServer } from '../../src/platform/db/embedded-server.ts'
import { migrate } from '../../src/platform/db/migrate.ts'
import { type Database, openDatabase, openService } from '../../src/platform/db/open-database.ts'
import { writeSite } from '../../src/records/registry/site.ts'

let folder: string
let database: EmbeddedServer
let db: Database
let server: FastifyInstance
let cookie: string

before(async () => {
  process.env.KUOYOU_LOG_LEVEL = 'silent'
  folder = mkdtempSync(join(tmpdir(), 'kuoyou-away-'))
  chmodSync(folder, 0o711)
  database = await startEmbeddedServer(join(folder, 'db'))
  const owner = openDatabase(database.connection, 4)
  await migrate(owner.pool, migrationFolders)
  const city = buildCity({ size: 'hamlet', seed: 20_240_822 })
  await loadCity(owner, city)
  await createDemonstrationAccounts(owner.pool)
  await writeSite(owner.pool, { cityId: city.cityId, planLayer: 'pingdingshan', synthetic: true })
  await owner.close()
  db = openService(database.connection, 8)
  const books = await booksOf({ db })
  server = await platformServer(books!, undefined, folder)
  cookie = `kuoyou_session=${await openSession(db.pool, 'city')}`
})
after(async () => {
  await server.close()
  await db.close()
  await database.stop()
  rmSync(folder, { recursive: true, force: true })
})

const ask = (url: string, headers: Record<string, string> = {}) => server.inject({ url, headers })

test('with its database a node is alive and ready, shows metrics, and answers', async () => {
  assert.equal((await ask('/api/health')).statusCode, 200)
  const ready = await ask('/api/ready')
  assert.equal(ready.statusCode, 200, ready.body)
  assert.deepEqual(
    ready.json().checks.map(({ what }: { what: string }) => what),
    ['数据库', '升级', '磁盘'],
  )
  assert.equal((await ask('/api/institutions', { cookie })).statusCode, 200)
  const metrics = (await ask('/metrics')).body
  assert.match(metrics, /^kuoyou_jobs_running 0$/m)
  assert.match(metrics, /route="\/api\/institutions",status="200"/)
  assert.match(metrics, /kuoyou_database_connections\{state="total"\} [1-9]/)
})

test('a migration not done makes a node not ready', async () => {
  const owner = openDatabase(database.connection, 1)
  await owner.pool.query("update public.migration set name = 'x' where name = 'backup/0001-ops'")
  const ready = await ask('/api/ready')
  await owner.pool.query("update public.migration set name = 'backup/0001-ops' where name = 'x'")
  await owner.close()
  assert.equal(ready.statusCode, 503)
  assert.match(ready.body, /还有 1 个升级没有做/)
})

test('without its database: alive, not ready, each request told 503 with when to come back; back without a restart', async (context) => {
  await database.stop()
  assert.equal((await ask('/api/health')).statusCode, 200)
  const ready = await ask('/api/ready')
  assert.deepEqual([ready.statusCode, ready.headers['retry-after']], [503, '5'])
  for (const url of ['/api/institutions', '/api/seats/board', '/api/targets', '/api/jobs', '/api/session']) {
    const answer = await ask(url, { cookie })
    assert.equal(answer.statusCode, 503, `${url} ${answer.body}`)
    assert.equal(answer.headers['retry-after'], '5')
    assert.match(answer.json().text, /数据库暂时连不上.*请先不要关闭/)
  }
  const stranger = await ask('/api/institutions')
  assert.equal(stranger.statusCode, 401, 'a stranger stays a stranger')
  assert.doesNotMatch((await ask('/metrics')).body, /^kuoyou_jobs_running/m)

  database = await startEmbeddedServer(join(folder, 'db'))
  const started = performance.now()
  while ((await ask('/api/institutions', { cookie })).statusCode !== 200) {
    assert.ok(performance.now() - started < 60_000, 'does not answer again')
    await sleep(20)
  }
  context.diagnostic(
    `answers again ${Math.round(performance.now() - started)} ms after the database's return`,
  )
  assert.equal((await ask('/api/ready')).statusCode, 200)
})
