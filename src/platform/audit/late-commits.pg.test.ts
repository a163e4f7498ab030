import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { anchorHead } from './anchor-head.ts'
import { appendAlone, appendEntry } from './append-entry.ts'
import { type AuditedWorld, auditedWorld, resealAll, sealEverything } from './audited-world.for-tests.ts'
import type { AuditEntry } from './entry.ts'
import { keepAudit } from './keep-audit.ts'
import { defaultRetentionDays, purgeAudit } from './purge-audit.ts'
import { sealAll, sealEntries } from './seal-entries.ts'
import { verifyAudit, verifyWith } from './verify-audit.ts'

let world: AuditedWorld
let pool: pg.Pool
before(async () => {
  world = await auditedWorld()
  pool = world.pool
})
after(() => world.close())

const entry = (act: string): AuditEntry => ({
  trace: 't',
  account: 'a',
  role: 'r',
  act,
  outcome: 'done',
})
const seqOf = async (act: string, on = pool): Promise<number> =>
  (await on.query('select seq from audit.entry where act = $1', [act])).rows[0].seq

async function grow(entries: number, on = pool): Promise<void> {
  for (let each = 0; each < entries; each += 1) await appendAlone(on, entry('beside'))
  await sealEverything(on)
}

/** Writes `act` in a transaction that stays open over two batches of others, and is sealed in the third. */
async function lateOver(act: string, { pool, places }: AuditedWorld = world): Promise<number> {
  const late = await pool.connect()
  try {
    await late.query('begin')
    await appendEntry(late, entry(act))
    for (let batch = 0; batch < 2; batch += 1) {
      await grow(3, pool)
      const { waiting, findings } = await verifyAudit(pool, places)
      assert.deepEqual([waiting, findings], [0, []])
    }
    await late.query('commit')
  } finally {
    late.release()
  }
  const { waiting, findings } = await verifyAudit(pool, places)
  assert.deepEqual([waiting, findings], [1, []], 'committed, not sealed: waiting, not a fault')
  await appendAlone(pool, entry(`${act}, beside`))
  await sealEverything(pool)
  return seqOf(act, pool)
}

test('an entry committed late is under a seal, and whatever is done to it or its seal is named', async () => {
  const seq = await lateOver('late')
  await grow(3)
  await anchorHead(pool, world.places)
  await sealEverything(pool)
  assert.deepEqual((await verifyAudit(pool, world.places)).findings, [])
  const batch = `(select batch from audit.seal where seqs @> ${seq}::bigint)`
  for (const [what, kind, where] of [
    [`delete from audit.entry where seq = ${seq}`, 'missing', seq],
    [`update audit.entry set account = 'b' where seq = ${seq}`, 'changed', seq],
    [
      `insert into audit.entry (cluster, xact, trace, account, role, act, outcome)
         select cluster, xact, trace, account, role, act, outcome from audit.entry where seq = ${seq}`,
      'inserted',
      undefined,
    ],
    // As if it had never been committed: out of the books, and of its seal as well.
    [
      `with gone as (delete from audit.entry where seq = ${seq} returning xact)
       update audit.seal set open_xacts = open_xacts || gone.xact from gone where batch = ${batch}`,
      'seal-changed',
      seq,
    ],
    [`update audit.seal set open_xacts = '{}' where batch = ${batch} - 1`, 'seal-changed', undefined],
  ] as const) {
    const client = await pool.connect()
    try {
      await client.query(`begin; ${what}`)
      const { findings } = await verifyWith(client, world.places)
      const found = findings.find((each) => each.kind === kind)
      assert.ok(found, `${kind} not among ${JSON.stringify(findings)}`)
      if (where !== undefined) assert.equal(found.seq, where)
    } finally {
      await client.query('rollback')
      client.release()
    }
  }
})

test('one back-dated while its transaction was open is found', async () => {
  const late = await pool.connect()
  try {
    await late.query('begin')
    await appendEntry(late, entry('back-dated'))
    await late.query("update audit.entry set at = at - interval '1 day' where act = 'back-dated'")
    await grow(1)
    await late.query('commit')
    await sealEverything(pool)
    const { findings } = await verifyAudit(pool, world.places)
    assert.deepEqual([findings[0]?.kind, findings[0]?.seq], ['clock', await seqOf('back-dated')])
    await late.query("update audit.entry set at = at + interval '1 day' where act = 'back-dated'")
    await resealAll(late)
  } finally {
    late.release()
  }
})

test('a transaction taken back, many open at once, a batch of nothing but late ones: no hole, no fault', async () => {
  const open = await Promise.all([1, 2, 3].map(() => pool.connect()))
  for (const [at, client] of open.entries()) {
    await client.query('begin')
    await appendEntry(client, entry(`open ${at}`))
  }
  await grow(2)
  await open[0]!.query('rollback')
  await open[2]!.query('commit')
  assert.equal(await sealAll(pool), 1)
  await open[1]!.query('commit')
  assert.equal(await sealAll(pool), 1)
  assert.equal(await sealEntries(pool), 0)
  for (const client of open) client.release()
  const { rows } = await pool.query(
    'select seq from audit.entry e where (select count(*) from audit.seal where seqs @> e.seq) <> 1',
  )
  assert.deepEqual(rows, [])
})

test('a purge leaves what its last batch had left out, and verification still finds it', async () => {
  const own = await auditedWorld()
  try {
    const seq = await lateOver('over the purge', own)
    const client = await own.pool.connect()
    const old = `(select batch from audit.seal where seqs @> ${seq}::bigint)`
    await client.query(`update audit.entry e set at = at - interval '4 years' from audit.seal s
       where s.batch < ${old} and e.seq <@ s.seqs;
      update audit.seal set sealed_at = sealed_at - interval '4 years' where batch < ${old}`)
    await resealAll(client)
    client.release()
    await anchorHead(own.pool, own.places)
    assert.ok(
      await purgeAudit(own.pool, own.places, {
        retentionDays: defaultRetentionDays,
        account: 'security',
      }),
    )
    const { rows } = await own.pool.query('select min(seq) as first from audit.entry')
    assert.equal(rows[0].first, seq)
    await sealEverything(own.pool)
    const findings = async () =>
      (await verifyAudit(own.pool, own.places)).findings.map(({ kind, seq }) => [kind, seq])
    assert.deepEqual(await findings(), [])
    await own.pool.query('delete from audit.entry where seq = $1', [seq])
    assert.deepEqual(await findings(), [['missing', seq]])
  } finally {
    await own.close()
  }
})

test('while a transaction stays open for ten seconds, everything else is sealed as ever', async (context) => {
  const faults: unknown[] = []
  const keeper = keepAudit(pool, world.copyPlaces(), (error) => faults.push(error))
  const long = await pool.connect()
  const waits: number[] = []
  try {
    await long.query('begin')
    await appendEntry(long, entry('ten seconds'))
    for (const opened = performance.now(); performance.now() - opened < 10_000; ) {
      await appendAlone(pool, entry('meanwhile'))
      const committed = performance.now()
      while ((await unsealedMeanwhile()) > 0) {
        assert.ok(performance.now() - committed < 60_000, 'not sealed')
        await sleep(10)
      }
      waits.push(performance.now() - committed)
    }
    assert.equal(await unsealedOf('ten seconds'), 0, 'nobody sees it yet')
    await long.query('commit')
  } finally {
    long.release()
    await keeper.stop()
  }
  assert.deepEqual(faults, [])
  assert.equal(await unsealedOf('ten seconds'), 0)
  waits.sort((one, other) => one - other)
  context.diagnostic(
    `${waits.length} entries beside an open transaction: sealed ${waits[waits.length >> 1]?.toFixed(0)} ms after their commit (median), ${waits.at(-1)?.toFixed(0)} ms at most`,
  )
})

const unsealedMeanwhile = () => unsealedOf('meanwhile')
async function unsealedOf(act: string): Promise<number> {
  const { rows } = await pool.query(
    'select count(*) as count from audit.entry e where act = $1 and not exists (select 1 from audit.seal s where e.seq <@ s.seqs)',
    [act],
  )
  return rows[0].count
}
