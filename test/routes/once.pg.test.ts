import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import Type from 'typebox'
import { granted, refused } from '../../src/kernel/result.ts'
import { createAccount } from '../../src/platform/access/account.ts'
import { signedIn } from '../../src/platform/access/policy.ts'
import { openSession } from '../../src/platform/access/session.ts'
import type { Database } from '../../src/platform/db/open-database.ts'
import { forgetOldAnswers } from '../../src/platform/http/answer-once.ts'
import { routeFor } from '../../src/platform/http/route.ts'
import { buildServer } from '../../src/platform/http/serve.ts'
import type { Trace } from '../../src/platform/http/trace.ts'
import { databaseForTests, type TestDatabase } from '../house/database-for-tests.ts'

/** A room of one table: it writes a name down, and again each time it is asked. */
const route = routeFor<{ readonly db: Database }>()
const write = route({
  method: 'POST',
  path: '/api/names',
  summary: '记名',
  may: signedIn,
  body: Type.Object({ name: Type.String() }),
  answer: Type.Object({ id: Type.Integer(), names: Type.Integer() }),
  handle: async ({ context, body }) => {
    const id = await context.db.transaction({ counties: [] }, async (tx) => {
      const { rows } = await sql<{
        id: number
      }>`insert into public.name (name) values (${body.name}) returning id`.execute(tx)
      return rows[0]!.id
    })
    if (body.name === 'refused')
      return refused({ code: 'test.no', text: '这个名字不收—它是用来试验的—请换一个。' })
    if (body.name === 'broken') throw new Error('the handler broke after writing')
    const names = await context.db.transaction({ counties: [] }, async (tx) => {
      const { rows } = await sql<{ names: number }>`select count(*)::int as names from public.name`.execute(
        tx,
      )
      return rows[0]!.names
    })
    return granted({ id, names })
  },
})

let live: TestDatabase
let server: FastifyInstance
const traces: Trace[] = []
let traceFails = false
const cookies = new Map<string, string>()

before(async () => {
  live = await databaseForTests()
  await live.db.pool.query(`
    create table public.name (id bigint generated always as identity primary key, name text not null);
    grant select, insert on public.name to kuoyou_app`)
  for (const account of ['one', 'two']) {
    await createAccount(live.db.pool, {
      account,
      name: account,
      role: 'x',
      counties: [],
      demonstration: true,
    })
    cookies.set(account, `kuoyou_session=${await openSession(live.db.pool, account)}`)
  }
  server = await buildServer({
    routes: [write],
    context: { db: live.service },
    version: 'test',
    hosts: ['here'],
    tracing: {
      within: async (_, trace) => {
        if (traceFails) throw new Error('the trace could not be written')
        traces.push(trace)
      },
      apart: async (trace) => {
        traces.push(trace)
      },
    },
    onFault: () => {},
  })
})
after(async () => {
  await server.close()
  await live.close()
})

function send(name: string, key?: string, account = 'one') {
  return server.inject({
    method: 'POST',
    url: '/api/names',
    headers: {
      cookie: cookies.get(account)!,
      'sec-fetch-site': 'same-origin',
      ...(key !== undefined && { 'idempotency-key': key }),
    },
    payload: { name },
  })
}

async function written(name: string): Promise<number> {
  const { rows } = await live.db.pool.query('select count(*)::int as n from public.name where name = $1', [
    name,
  ])
  return rows[0].n
}

test('the same key with the same request: done once, answered the same', async () => {
  const first = await send('甲', 'key-1')
  const second = await send('甲', 'key-1')
  assert.equal(first.statusCode, 200)
  assert.equal(second.body, first.body)
  assert.equal(second.headers['idempotency-replayed'], 'true')
  assert.equal(await written('甲'), 1)
})

test('the same key with another body is refused; another account has its own keys', async () => {
  const other = await send('乙', 'key-1')
  assert.equal(other.statusCode, 422)
  assert.equal(other.json().refusal.code, 'request.key-reused')
  assert.equal((await send('乙', 'key-1', 'two')).statusCode, 200)
  assert.equal(await written('乙'), 1)
})

test('a refusal is kept and answered again', async () => {
  const [first, second] = [await send('refused', 'key-2'), await send('refused', 'key-2')]
  assert.deepEqual([first.statusCode, second.statusCode], [422, 422])
  assert.equal(second.body, first.body)
  assert.equal(await written('refused'), 1)
})

test('what broke leaves nothing and may be sent again', async () => {
  assert.equal((await send('broken', 'key-3')).statusCode, 500)
  assert.equal(await written('broken'), 0)
  assert.equal((await send('丙', 'key-3')).statusCode, 200)
})

test('an act whose trace cannot be written is not done', async () => {
  traceFails = true
  const failed = await send('无痕', 'key-4')
  traceFails = false
  assert.equal(failed.statusCode, 500)
  assert.equal(await written('无痕'), 0)
})

test('a key of the wrong shape is a plain sentence', async () => {
  for (const key of ['钥匙', 'k'.repeat(256), ''])
    assert.equal(
      (await send('丁', encodeURIComponent(key) === key ? key : 'a b')).statusCode,
      400,
      `key ${key}`,
    )
  assert.equal(await written('丁'), 0)
})

test('a later part of one request reads what an earlier part wrote', async () => {
  const { rows } = await live.db.pool.query('select count(*)::int as n from public.name')
  assert.equal((await send('戊', 'key-5')).json().names, rows[0].n + 1)
})

test('100 keys × 20 at once: one row each, one answer each', async () => {
  const keys = Array.from({ length: 100 }, (_, index) => `many-${index}`)
  const answers = await Promise.all(keys.flatMap((key) => Array.from({ length: 20 }, () => send(key, key))))
  assert.ok(answers.every(({ statusCode }) => statusCode === 200))
  for (const [index, key] of keys.entries()) {
    assert.equal(await written(key), 1)
    assert.equal(new Set(answers.slice(index * 20, index * 20 + 20).map(({ body }) => body)).size, 1)
  }
})

test('every act leaves one trace, done or not', () => {
  const ended = (outcome: string) => traces.filter((trace) => trace.outcome === outcome).length
  assert.ok(ended('done') >= 104)
  assert.ok(ended('refused') >= 1)
  assert.ok(ended('failed') >= 2)
  assert.ok(traces.every(({ act }) => act === 'POST /api/names'))
})

test('answers older than 72 hours are forgotten, younger ones are not', async () => {
  await live.db.pool.query(
    `update http.answered set answered_at = now() - interval '73 hours' where key = 'key-1'`,
  )
  await forgetOldAnswers(live.service.pool)
  const { rows } = await live.db.pool.query(`select key from http.answered where key in ('key-1', 'key-2')`)
  assert.deepEqual(
    rows.map(({ key }) => key),
    ['key-2'],
  )
})

test('a request from another site, or from nowhere with a cookie, is turned away', async () => {
  const from = (headers: Record<string, string>) =>
    server.inject({
      method: 'POST',
      url: '/api/names',
      headers: { cookie: cookies.get('one')!, host: 'localhost', ...headers },
      payload: { name: '外来' },
    })
  for (const headers of [
    { origin: 'http://there' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    {},
  ] as Record<string, string>[])
    assert.equal((await from(headers)).statusCode, 403, JSON.stringify(headers))
  assert.equal(await written('外来'), 0)
  assert.equal((await from({ origin: 'http://localhost' })).statusCode, 200)
})
