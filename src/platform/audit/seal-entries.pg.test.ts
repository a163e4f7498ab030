import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type pg from 'pg'
import { databaseForTests, type TestDatabase } from '../../../test/house/database-for-tests.ts'
import { Fault } from '../../kernel/fault.ts'
import { clientOf } from '../db/transaction-client.ts'
import { appendAlone, appendEntry } from './append-entry.ts'
import type { AuditEntry } from './entry.ts'
import { sealAll, sealEntries } from './seal-entries.ts'

let live: TestDatabase
let pool: pg.Pool
before(async () => {
  live = await databaseForTests()
  pool = live.db.pool
})
after(() => live.close())

const entry: AuditEntry = { trace: 't', account: 'clerk', role: 'county-officer', act: 'x', outcome: 'done' }

async function sealedSeqs(): Promise<number[]> {
  const { rows } = await pool.query(
    'select e.seq from audit.entry e join audit.seal s on e.seq <@ s.seqs order by s.batch, e.seq',
  )
  return rows.map(({ seq }) => seq)
}

test('a room’s transaction and its entry stand or fall together', async () => {
  await assert.rejects(
    live.db.transaction({ counties: [1] }, async (tx) => {
      await appendEntry(clientOf(tx), { ...entry, act: 'rolled back' })
      throw new Error('the act fails')
    }),
  )
  await live.db.transaction({ counties: [1] }, (tx) =>
    appendEntry(clientOf(tx), { ...entry, act: 'committed' }),
  )
  const { rows } = await pool.query("select act from audit.entry where act in ('rolled back', 'committed')")
  assert.deepEqual(rows, [{ act: 'committed' }])
})

test('an entry that looks personal fails, and with it the act', async () => {
  const personal = { ...entry, facts: { who: ['41040220150101123X'] } }
  await assert.rejects(appendAlone(pool, personal), Fault)
  await assert.rejects(appendAlone(pool, { ...entry, object: { kind: 'child', id: '13800138000' } }), Fault)
  await assert.rejects(appendAlone(pool, { ...entry, purpose: '回访家长 138-0013-8000' }), Fault)
})

test('a late commit holds nobody up and is never skipped: the batch after its end holds it', async () => {
  await sealAll(pool)
  const before = await sealedSeqs()
  const late = await pool.connect()
  try {
    await late.query('begin')
    await appendEntry(late, { ...entry, act: 'begun first' })
    await appendAlone(pool, { ...entry, act: 'committed first' })
    assert.equal(await sealEntries(pool), 1)
    await appendEntry(late, { ...entry, act: 'begun first' })
    await late.query('commit')
  } finally {
    late.release()
  }
  await sealAll(pool)
  const { rows } = await pool.query(
    "select seq from audit.entry where act in ('begun first', 'committed first') order by act desc, seq",
  )
  const after = await sealedSeqs()
  assert.deepEqual(
    after.slice(before.length),
    rows.map(({ seq }) => seq),
  )
})

test('a transaction that wrote nothing yet, but opened before, cannot slip behind the seal', async () => {
  const late = await pool.connect()
  try {
    await late.query('begin')
    await appendAlone(pool, { ...entry, act: 'before the late one writes' })
    await sealAll(pool)
    await appendEntry(late, { ...entry, act: 'written after the seal' })
    await late.query('commit')
  } finally {
    late.release()
  }
  await sealAll(pool)
  const { rows } = await pool.query(`
    select count(*)::int as loose from audit.entry e
     where not exists (select 1 from audit.seal s where e.seq <@ s.seqs)`)
  assert.equal(rows[0].loose, 0)
})

test('twenty sealers at once make one chain without a gap or a fork', async () => {
  for (let round = 0; round < 10; round += 1) await appendAlone(pool, { ...entry, facts: { round } })
  await Promise.all(Array.from({ length: 20 }, () => sealEntries(pool)))
  await sealAll(pool)
  const { rows } = await pool.query(`
    select batch, previous_hash = lag(hash) over (order by batch) as linked,
      row_number() over (order by batch) as place from audit.seal order by batch`)
  assert.ok(rows.every(({ batch, place }) => batch === Number(place)))
  assert.ok(rows.slice(1).every(({ linked }) => linked))
})

test('what a former cluster left unsealed is sealed after a restore, before what follows', async () => {
  await sealAll(pool)
  const client = await pool.connect()
  try {
    // As a dump restored elsewhere looks: entries and seals of a cluster that is not this one.
    await client.query('update audit.seal set cluster = 1')
    await client.query('update audit.entry set cluster = 1')
    await client.query(`insert into audit.entry (cluster, xact, trace, account, role, act, outcome)
      values (1, '9000000000', 't', 'a', 'r', 'left unsealed', 'done')`)
  } finally {
    client.release()
  }
  await appendAlone(pool, { ...entry, act: 'first here' })
  await sealAll(pool)
  const { rows } = await pool.query(`
    select e.act from audit.entry e join audit.seal s on e.seq <@ s.seqs order by s.batch desc limit 2`)
  assert.deepEqual(
    rows.map(({ act }) => act),
    ['first here', 'left unsealed'],
  )
})

for (const role of ['kuoyou_app', 'kuoyou_platform']) {
  test(`as ${role} the audit can be added to and in no way altered`, async () => {
    const client = await pool.connect()
    const refused = async (statement: string) => {
      await client.query('begin')
      await client.query(`set local role ${role}`)
      await assert.rejects(client.query(statement), /permission denied|must be owner/, statement)
      await client.query('rollback')
    }
    try {
      for (const table of ['audit.entry', 'audit.seal']) {
        for (const change of [
          `update ${table} set ${table === 'audit.entry' ? "account = 'x'" : 'entry_count = 1'}`,
          `delete from ${table}`,
          `truncate ${table}`,
          `alter table ${table} disable row level security`,
          `alter table ${table} add column x text`,
          `alter table ${table} owner to ${role}`,
          `drop table ${table}`,
          `create trigger planted before insert on ${table} for each row execute function suppress_redundant_updates_trigger()`,
          `lock table ${table} in access exclusive mode`,
        ])
          await refused(change)
      }
      const forged = "'t', 'a', 'r', 'x', 'done')"
      await refused(
        `insert into audit.entry (at, trace, account, role, act, outcome) values ('2020-01-01', ${forged}`,
      )
      await refused(
        `insert into audit.entry (xact, trace, account, role, act, outcome) values ('1', ${forged}`,
      )
      await refused(
        `insert into audit.entry (seq, trace, account, role, act, outcome) overriding system value values (1, ${forged}`,
      )
      await refused("select setval('audit.entry_seq_seq', 1)")
      await refused('drop schema audit cascade')
      await client.query(`begin; set local role ${role}`)
      await appendEntry(client, entry)
      await client.query('commit')
    } finally {
      client.release()
    }
  })
}
