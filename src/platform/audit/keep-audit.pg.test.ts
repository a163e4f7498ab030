import assert from 'node:assert/strict'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { chinaDay } from '../../kernel/china-moment.ts'
import { readAnchors } from './anchor-book.ts'
import { anchorHead } from './anchor-head.ts'
import { appendAlone } from './append-entry.ts'
import { type AuditedWorld, auditedWorld, sealEverything } from './audited-world.for-tests.ts'
import type { AuditEntry } from './entry.ts'
import { keepAudit } from './keep-audit.ts'
import { verifyAudit } from './verify-audit.ts'

let world: AuditedWorld
before(async () => {
  world = await auditedWorld()
})
after(() => world.close())

const entry: AuditEntry = { trace: 't', account: 'a', role: 'r', act: 'x', outcome: 'done' }

async function unsealed(): Promise<number> {
  const { rows } = await world.pool.query(
    'select count(*) as count from audit.entry e where not exists (select 1 from audit.seal s where e.seq <@ s.seqs)',
  )
  return rows[0].count
}

test('the keeper seals while entries come in, and at its end seals and anchors what is left', async () => {
  const faults: unknown[] = []
  const keeper = keepAudit(world.pool, world.places, (error) => faults.push(error))
  await appendAlone(world.pool, entry)
  const started = Date.now()
  while ((await unsealed()) > 0 && Date.now() - started < 60_000) await sleep(50)
  const left = await unsealed()
  await appendAlone(world.pool, entry)
  // Before anything is asserted: a keeper left running would keep the whole file from ending.
  await keeper.stop()
  assert.equal(left, 0)
  assert.deepEqual(faults, [])
  const [one, other] = readAnchors(world.places)
  assert.deepEqual(one.lines, other.lines)
  assert.equal(one.lines.at(-1)?.day, chinaDay(new Date()))
  const verdict = await verifyAudit(world.pool, world.places)
  assert.deepEqual(verdict.findings, [])
})

test('a place that cannot be written stops the anchor before either copy changes, and says which', async () => {
  const places = world.copyPlaces()
  const [one] = readAnchors(places)
  rmSync(places.folders[1], { recursive: true })
  writeFileSync(places.folders[1], 'a file where a folder should be')
  await assert.rejects(anchorHead(world.pool, places), (error: Error) =>
    error.message.includes(places.folders[1]),
  )
  assert.deepEqual(readAnchors(places)[0].lines, one.lines)
})

test('a lost key is never replaced in silence', async () => {
  const places = world.copyPlaces()
  rmSync(places.keyFile)
  await assert.rejects(anchorHead(world.pool, places), /密钥.*不见了/)
  assert.ok(!existsSync(places.keyFile))
})

test('a fault of the keeper is told once, and sealing goes on when it is over', async () => {
  const places = world.copyPlaces()
  rmSync(places.keyFile)
  const faults: unknown[] = []
  const keeper = keepAudit(world.pool, places, (error) => faults.push(error))
  await appendAlone(world.pool, entry)
  await sealEverything(world.pool)
  await sleep(1_000)
  await keeper.stop()
  assert.equal(faults.length, 1)
})

test('a sealer cut off in the middle leaves no half seal: the chain goes on', async () => {
  for (let round = 0; round < 8; round += 1) {
    for (let each = 0; each < 20; each += 1) await appendAlone(world.pool, entry)
    const sealing = sealEverything(world.pool).catch(() => {})
    await world.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() and query like 'insert into audit.seal%'`,
    )
    await sealing
  }
  await sealEverything(world.pool)
  const verdict = await verifyAudit(world.pool, world.places)
  assert.deepEqual([verdict.findings, verdict.waiting], [[], 0])
})
