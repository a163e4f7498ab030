import assert from 'node:assert/strict'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type pg from 'pg'
import { canonicalJson } from '../../kernel/canonical-json.ts'
import { type Anchor, type AnchorPlaces, readKey, signed } from './anchor-book.ts'
import { type AuditedWorld, auditedWorld, resealAll, sixBatches } from './audited-world.for-tests.ts'
import type { FindingKind } from './finding.ts'
import { verifyAudit, verifyWith } from './verify-audit.ts'

let world: AuditedWorld
before(async () => {
  world = await auditedWorld()
  await sixBatches(world)
})
after(() => world.close())

test('an untouched audit is sound, with the gaps that rolled-back transactions leave', async () => {
  const client = await world.pool.connect()
  await client.query('begin')
  await client.query(
    "insert into audit.entry (trace, account, role, act, outcome) select 't', 'a', 'r', 'x', 'done' from generate_series(1, 7)",
  )
  await client.query('rollback')
  client.release()
  await world.grow(5)
  const verdict = await verifyAudit(world.pool, world.places)
  assert.deepEqual(verdict.findings, [])
  assert.deepEqual([verdict.sound, verdict.waiting, verdict.anchors], [true, 0, 3])
  const { rows } = await world.pool.query('select max(seq) - count(*) as gap from audit.entry')
  assert.ok(rows[0].gap >= 7)
})

interface Tamper {
  readonly name: string
  readonly kind: FindingKind
  /** The first bad entry named; absent where a file is bad. */
  readonly seq?: number | 'any'
  change?(client: pg.PoolClient, places: AnchorPlaces): Promise<unknown>
  files?(places: AnchorPlaces): void
}

const edit = (column: string, value: string): Tamper => ({
  name: `edit ${column}`,
  kind: 'changed',
  seq: 25,
  change: (client) => client.query(`update audit.entry set ${column} = ${value} where seq = 25`),
})

const columns = 'cluster, xact, at, trace, account, role, act, outcome, county_ids, subjects, facts'
const copied = (seq: number, as: string) =>
  `insert into audit.entry (seq, ${columns}) overriding system value select ${as}, ${columns} from audit.entry where seq = ${seq}`
const batchOf = (seq: number) => `(select batch from audit.seal where seqs @> ${seq}::bigint)`
const anchorFile = (places: AnchorPlaces, copy: 0 | 1) => join(places.folders[copy], 'audit-anchors.jsonl')
const linesOf = (file: string) => readFileSync(file, 'utf8').split('\n').slice(0, -1)
const writeLines = (file: string, lines: readonly string[]) =>
  writeFileSync(file, lines.map((line) => `${line}\n`).join(''))

/** With the key, the anchors of one copy are signed anew over the chain as it is now. */
async function forgeAnchors(client: pg.PoolClient, places: AnchorPlaces): Promise<void> {
  const key = readKey(places) as Buffer
  const file = anchorFile(places, 0)
  let previous = ''
  const forged: string[] = []
  for (const line of linesOf(file)) {
    const { mac: _, ...anchor } = JSON.parse(line) as Anchor
    const { rows } = await client.query(
      "select encode(hash, 'hex') as hash from audit.seal where batch = $1",
      [anchor.batch],
    )
    const unsigned = { ...anchor, hash: rows[0].hash, previous }
    previous = signed(key, unsigned)
    forged.push(canonicalJson({ ...unsigned, mac: previous }))
  }
  writeLines(file, forged)
}

const tampers: readonly Tamper[] = [
  edit('account', "'someone-else'"),
  edit('outcome', "'denied'"),
  edit('act', "'GET /api/session'"),
  edit('role', "'administrator'"),
  edit('trace', "'t0'"),
  edit('at', "at + interval '1 microsecond'"),
  edit('county_ids', "'{410423}'"),
  edit('object_kind', "'unit'"),
  edit('object_id', 'null'),
  edit('subjects', "'{b1}'"),
  edit('purpose', "'其他'"),
  edit('network', "'10.1.2.4'"),
  edit('facts', `facts || '{"rows": 12345678901234567890}'`),
  edit('delegated_by', 'null'),
  {
    name: 'delete in the middle',
    kind: 'missing',
    seq: 25,
    change: (client) => client.query('delete from audit.entry where seq = 25'),
  },
  {
    name: 'delete the tail of entries',
    kind: 'missing',
    seq: 'any',
    change: (client) =>
      client.query('delete from audit.entry where seq > (select max(seq) - 3 from audit.entry)'),
  },
  {
    name: 'delete a whole batch of entries',
    kind: 'missing',
    seq: 11,
    change: (client) =>
      client.query(
        `delete from audit.entry where seq <@ (select seqs from audit.seal where batch = ${batchOf(15)})`,
      ),
  },
  {
    name: 'delete entries and seals of the tail: only the anchors know',
    kind: 'truncated',
    seq: 'any',
    change: (client) =>
      client.query(`with cut as (delete from audit.seal where batch >= ${batchOf(45)} returning seqs)
        delete from audit.entry e using cut where e.seq <@ cut.seqs`),
  },
  {
    name: 'swap the contents of two entries',
    kind: 'changed',
    seq: 24,
    change: (client) =>
      client.query(
        `update audit.entry e set account = o.account, object_id = o.object_id, facts = o.facts, trace = o.trace
           from audit.entry o where (e.seq, o.seq) in ((24, 27), (27, 24))`,
      ),
  },
  {
    name: 'renumber: two entries change places',
    kind: 'changed',
    seq: 24,
    change: async (client) => {
      await client.query('alter table audit.entry alter column seq drop identity')
      await client.query('update audit.entry set seq = -1 where seq = 24')
      await client.query('update audit.entry set seq = 24 where seq = 27')
      await client.query('update audit.entry set seq = 27 where seq = -1')
    },
  },
  {
    name: 'move an entry into another batch',
    kind: 'missing',
    seq: 25,
    change: (client) =>
      client.query(
        'update audit.entry set xact = (select xact from audit.entry where seq = 50) where seq = 25',
      ),
  },
  {
    name: 'insert into a sealed batch, into a gap of the numbers',
    kind: 'inserted',
    seq: 0,
    change: (client) => client.query(copied(25, '0')),
  },
  {
    name: 'insert with a seal forged to fit',
    kind: 'chain-broken',
    seq: 21,
    change: async (client) => {
      await client.query(
        `insert into audit.entry (${columns}) select ${columns} from audit.entry where seq = 25`,
      )
      await resealAll(client, 3, 3)
    },
  },
  {
    name: 'insert an entry older than every seal',
    kind: 'inserted',
    seq: 0,
    change: (client) =>
      client.query(`insert into audit.entry (seq, cluster, xact, trace, account, role, act, outcome)
        overriding system value select 0, cluster + 1, '1', 't', 'a', 'r', 'x', 'done' from audit.entry where seq = 25`),
  },
  {
    name: 'the same number twice',
    kind: 'inserted',
    seq: 25,
    change: async (client) => {
      await client.query('alter table audit.entry drop constraint entry_pkey')
      await client.query(copied(25, '25'))
    },
  },
  {
    name: 'edit the moment a seal tells',
    kind: 'seal-changed',
    seq: 21,
    change: (client) =>
      client.query(
        `update audit.seal set sealed_at = sealed_at + interval '1 second' where batch = ${batchOf(25)}`,
      ),
  },
  {
    name: 'edit the hash a seal keeps of its entries',
    kind: 'seal-changed',
    seq: 21,
    change: (client) =>
      client.query(`update audit.seal set entries_hash = sha256('') where batch = ${batchOf(25)}`),
  },
  {
    name: 'delete a seal in the middle',
    kind: 'seal-missing',
    seq: 21,
    change: (client) => client.query(`delete from audit.seal where batch = ${batchOf(25)}`),
  },
  {
    name: 'set the clock back for a seal, and rewrite it to fit',
    kind: 'clock',
    seq: 'any',
    change: async (client) => {
      await client.query("update audit.seal set sealed_at = sealed_at - interval '1 day' where batch = 5")
      await resealAll(client)
    },
  },
  {
    name: 'back-date an entry before it is sealed',
    kind: 'clock',
    seq: 'any',
    change: async (client) => {
      await client.query("update audit.entry set at = at - interval '1 day' where seq = 50")
      await resealAll(client)
    },
  },
  {
    name: 'rewrite the whole chain without the key',
    kind: 'rewritten',
    seq: 'any',
    change: async (client) => {
      await client.query("update audit.entry set account = 'someone-else' where seq = 25")
      await resealAll(client)
    },
  },
  {
    name: 'rewrite the whole chain and one copy of the anchors, with the key',
    kind: 'anchors-disagree',
    change: async (client, places) => {
      await client.query("update audit.entry set account = 'someone-else' where seq = 25")
      await resealAll(client)
      await forgeAnchors(client, places)
    },
  },
  {
    name: 'empty the entries',
    kind: 'missing',
    seq: 1,
    change: (client) => client.query('truncate audit.entry'),
  },
  {
    name: 'empty entries and seals',
    kind: 'truncated',
    seq: 1,
    change: (client) => client.query('truncate audit.entry, audit.seal'),
  },
  {
    name: 'edit a line of an anchor file',
    kind: 'anchor-changed',
    files: (places) => {
      const file = anchorFile(places, 1)
      writeLines(
        file,
        linesOf(file).map((line, at) => (at === 1 ? line.replace(/"count":\d+/, '"count":1') : line)),
      )
    },
  },
  {
    name: 'edit the same line in both copies, without the key',
    kind: 'anchor-changed',
    files: (places) => {
      for (const copy of [0, 1] as const) {
        const file = anchorFile(places, copy)
        writeLines(
          file,
          linesOf(file).map((line) => line.replace(/"hash":"../, '"hash":"00')),
        )
      }
    },
  },
  {
    name: 'delete one copy of the anchors',
    kind: 'anchor-missing',
    files: (places) => rmSync(anchorFile(places, 1)),
  },
  {
    name: 'delete both copies of the anchors',
    kind: 'anchor-missing',
    seq: 'any',
    files: (places) => {
      for (const copy of [0, 1] as const) rmSync(anchorFile(places, copy))
    },
  },
  {
    name: 'shorten one copy: they disagree',
    kind: 'anchors-disagree',
    files: (places) => writeLines(anchorFile(places, 1), linesOf(anchorFile(places, 1)).slice(0, 1)),
  },
  {
    name: 'take the middle line out of both copies',
    kind: 'anchor-missing',
    seq: 'any',
    files: (places) => {
      for (const copy of [0, 1] as const) {
        const file = anchorFile(places, copy)
        writeLines(file, linesOf(file).toSpliced(1, 1))
      }
    },
  },
  { name: 'lose the key', kind: 'key-missing', files: ({ keyFile }) => rmSync(keyFile) },
  {
    name: 'a purge nobody signed',
    kind: 'purge-forged',
    seq: 'any',
    change: async (client) => {
      await client.query('delete from audit.entry where seq <@ (select seqs from audit.seal where batch = 1)')
      await client.query(`insert into audit.entry (trace, account, role, act, outcome, object_kind, object_id, facts)
        values ('t', '', 'system', 'audit.purge', 'done', 'audit', 'purge',
          '{"throughBatch": 1, "throughSeq": 10, "entries": 10, "sealHash": "", "before": "2020-01-01", "mac": "00"}')`)
    },
  },
]

for (const tamper of tampers) {
  test(`caught and named: ${tamper.name}`, async () => {
    const places = world.copyPlaces()
    const client = await world.pool.connect()
    try {
      await client.query('begin')
      await tamper.change?.(client, places)
      tamper.files?.(places)
      const { sound, findings } = await verifyWith(client, places)
      assert.equal(sound, false)
      const found = findings.find(({ kind }) => kind === tamper.kind)
      assert.ok(found, `${tamper.kind} not among ${JSON.stringify(findings)}`)
      if (tamper.seq === 'any') assert.ok(found.seq !== null)
      else assert.equal(found.seq, tamper.seq ?? null)
      assert.match(found.text, /[\u4e00-\u9fff].*。$/)
    } finally {
      await client.query('rollback')
      client.release()
    }
  })
}

test('every column of an entry is under the seal', async () => {
  const { rows } = await world.pool.query(
    `select column_name as name from information_schema.columns where table_schema = 'audit' and table_name = 'entry'`,
  )
  const covered = new Set([
    ...tampers.flatMap(({ name }) => name.match(/^edit (\w+)$/)?.[1] ?? []),
    'seq',
    'xact',
    'cluster',
  ])
  assert.deepEqual(
    rows.map(({ name }) => name).filter((name) => !covered.has(name)),
    [],
  )
})
