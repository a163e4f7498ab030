import assert from 'node:assert/strict'
import { after, before, mock, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import Type from 'typebox'
import { platformServer } from '../../src/app/server.ts'
import { anyone } from '../../src/platform/access/policy.ts'
import { openSession } from '../../src/platform/access/session.ts'
import { ordinaryLimits } from '../../src/platform/http/rate-limits.ts'
import { buildServer } from '../../src/platform/http/serve.ts'
import { booksRoute } from '../../src/records/books.ts'
import { type ServedHamlet, servedHamlet } from './served-hamlet.ts'

let hamlet: ServedHamlet
let server: FastifyInstance
before(async () => {
  hamlet = await servedHamlet([])
  server = await platformServer(hamlet.books)
})
after(async () => {
  await server.close()
  await hamlet.close()
})

const ask = (url: string, cookie?: string) =>
  server.inject({ url, remoteAddress: '10.9.8.7', ...(cookie && { headers: { cookie } }) })

test('a script that asks 1,000 times a minute is stopped, and told when to come back; others are not', async () => {
  const cookie = `kuoyou_session=${await openSession(hamlet.owner, 'county-410422')}`
  const statuses: number[] = []
  let told: Record<string, unknown> = {}
  // All within one minute, however slow the machine.
  mock.timers.enable({ apis: ['Date'], now: Date.now() })
  for (let n = 0; n < 1_000; n += 1) {
    const answer = await ask('/api/jobs', cookie)
    statuses.push(answer.statusCode)
    if (answer.statusCode === 429) told = { ...answer.headers, ...answer.json() }
  }
  mock.timers.reset()
  assert.equal(statuses.filter((status) => status === 200).length, ordinaryLimits.accountPerMinute)
  assert.match(String(told['retry-after']), /^([1-9]|[1-5]\d|60)$/)
  assert.match(String(told.text), /这个账号一分钟内的请求太多，.*请 \d+ 秒后再试/)
  const other = `kuoyou_session=${await openSession(hamlet.owner, 'county-410403')}`
  assert.equal((await ask('/api/jobs', other)).statusCode, 200)
})

test('200 people of one school behind one address sign in and work within a minute', async () => {
  const { rows } = await hamlet.owner.query(
    `insert into access.account (account, name, demonstration) select 'nat-' || n, '教师', true from generate_series(1, 200) n returning account`,
  )
  const turnedAway: string[] = []
  for (const { account } of rows) {
    const strange = ['/', '/sign-in', '/api/session', '/api/session'].map((url) => ask(url))
    const cookie = `kuoyou_session=${await openSession(hamlet.owner, account)}`
    const signedIn = Array.from({ length: 10 }, () => ask('/api/jobs', cookie))
    for (const answer of await Promise.all([...strange, ...signedIn]))
      if (answer.statusCode === 429) turnedAway.push(account)
  }
  assert.deepEqual(turnedAway, [])
})

test('more at once than can be worked on are sent away for a moment, and those inside finish', async () => {
  let open = () => {}
  const door = new Promise<void>((resolve) => {
    open = resolve
  })
  const slow = booksRoute({
    method: 'GET',
    path: '/api/slow',
    summary: '慢',
    may: anyone,
    answer: Type.Object({ done: Type.Boolean() }),
    handle: async () => {
      await door
      return { done: true }
    },
  })
  const narrow = await buildServer({
    routes: [slow],
    context: hamlet.books,
    version: 'test',
    rates: { ...ordinaryLimits, inFlight: 5 },
    onFault: () => {},
  })
  const inside = Array.from({ length: 5 }, () => narrow.inject({ url: '/api/slow' }))
  await sleep(50)
  const away = await narrow.inject({ url: '/api/slow' })
  assert.equal(away.statusCode, 503)
  assert.equal(away.headers['retry-after'], '2')
  assert.match(away.json().text, /请 2 秒后再试。$/)
  open()
  for (const answer of await Promise.all(inside)) assert.equal(answer.statusCode, 200)
  await sleep(20)
  assert.equal((await narrow.inject({ url: '/api/slow' })).statusCode, 200)
  await narrow.close()
})

test('when the pace is slow, a crowd is sent away before it waits too long, and told for how long', async () => {
  let turn = Promise.resolve()
  const slow = booksRoute({
    method: 'GET',
    path: '/api/one-by-one',
    summary: '一个一个来',
    may: anyone,
    answer: Type.Object({ done: Type.Boolean() }),
    handle: async () => {
      turn = turn.then(() => sleep(20))
      await turn
      return { done: true }
    },
  })
  const paced = await buildServer({
    routes: [slow],
    context: hamlet.books,
    version: 'test',
    rates: { ...ordinaryLimits, waitMs: 500 },
    onFault: () => {},
  })
  const askPaced = () => paced.inject({ url: '/api/one-by-one' })
  for (let n = 0; n < 60; n += 1) assert.equal((await askPaced()).statusCode, 200)
  const crowd = await Promise.all(Array.from({ length: 200 }, askPaced))
  const away = crowd.filter(({ statusCode }) => statusCode === 503)
  assert.ok(away.length > 100, `${away.length} were sent away`)
  assert.ok(away.every(({ headers }) => Number(headers['retry-after']) >= 2))
  assert.ok(crowd.filter(({ statusCode }) => statusCode === 200).length >= 40)
  assert.equal((await askPaced()).statusCode, 200)
  await paced.close()
})
