import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { Fault } from '../../kernel/fault.ts'
import { anchorHead } from './anchor-head.ts'
import { type AuditedWorld, auditedWorld, resealAll, sealEverything } from './audited-world.for-tests.ts'
import { defaultRetentionDays, purgeAudit, shortestRetentionDays } from './purge-audit.ts'
import { verifyAudit, verifyWith } from './verify-audit.ts'

let world: AuditedWorld
/** Two batches of four years ago, one of 200 days ago, one of now: time is told to the database, then sealed anew. */
before(async () => {
  world = await auditedWorld()
  for (let batch = 0; batch < 4; batch += 1) await world.grow(5)
  const client = await world.pool.connect()
  for (const [days, batches] of [
    [4 * 365, '1, 2'],
    [200, '3'],
  ] as const) {
    await client.query(
      `update audit.seal set sealed_at = sealed_at - make_interval(days => ${days}) where batch in (${batches})`,
    )
    await client.query(`update audit.entry e set at = at - make_interval(days => ${days})
      from audit.seal s where s.batch in (${batches}) and e.seq <@ s.seqs`)
  }
  await resealAll(client)
  client.release()
  await anchorHead(world.pool, world.places)
})
after(() => world.close())

const purge = (retentionDays: number) =>
  purgeAudit(world.pool, world.places, { retentionDays, account: 'security' })

test('nothing younger than 184 days can be purged, whatever is asked for', async () => {
  for (const days of [0, 1, 183, -1, Number.NaN]) await assert.rejects(purge(days), Fault, String(days))
  const { rows } = await world.pool.query('select count(*) as count from audit.entry')
  assert.equal(rows[0].count, 21)
})

test('nothing but the purge deletes from the audit, anywhere in the sources', () => {
  const root = join(import.meta.dirname, '../..')
  const deleting = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|tsx|sql)$/.test(file) && !/\.(test|for-tests)\.ts$/.test(file))
    .filter((file) =>
      /(delete\s+from|truncate|update)\s+audit\./i.test(readFileSync(join(root, file), 'utf8')),
    )
  assert.deepEqual(deleting, ['platform/audit/purge-audit.ts'])
})

test('an audit that is not sound is not purged', async () => {
  const client = await world.pool.connect()
  await client.query("update audit.entry set account = 'x' where seq = 1")
  await assert.rejects(purge(defaultRetentionDays), /第 1 条.*被改动/)
  await client.query("update audit.entry set account = 'county-1' where seq = 1")
  client.release()
})

test('whole batches older than the retention go, their seals stay, and verification accepts the signed purge', async () => {
  const facts = await purge(defaultRetentionDays)
  assert.deepEqual([facts?.throughBatch, facts?.throughSeq, facts?.entries], [2, 10, 10])
  await sealEverything(world.pool)
  const verdict = await verifyAudit(world.pool, world.places)
  assert.deepEqual(verdict.findings, [])
  assert.equal(verdict.purgedThrough, 10)
  const { rows } = await world.pool.query(
    'select (select count(*) from audit.seal) as seals, (select min(seq) from audit.entry) as first',
  )
  assert.deepEqual(rows, [{ seals: 5, first: 11 }])
})

test('more taken away than the purge signed for is found', async () => {
  const client = await world.pool.connect()
  await client.query('begin')
  await client.query('delete from audit.entry where seq between 11 and 15')
  const { findings } = await verifyWith(client, world.places)
  await client.query('rollback')
  client.release()
  assert.deepEqual([findings[0]?.kind, findings[0]?.seq], ['missing', 11])
})

test(`the law's six months are ${shortestRetentionDays} days, the default three years`, () => {
  assert.deepEqual([shortestRetentionDays, defaultRetentionDays], [184, 1096])
})
