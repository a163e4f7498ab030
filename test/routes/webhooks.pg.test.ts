import assert from 'node:assert/strict'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { Webhook } from 'standardwebhooks'
import { announce } from '../../src/platform/webhooks/announce.ts'
import { deliverDue } from '../../src/platform/webhooks/deliver-due.ts'
import { webhookRoutes } from '../../src/platform/webhooks/webhook-routes.ts'
import { type ServedHamlet, servedHamlet } from './served-hamlet.ts'

let hamlet: ServedHamlet
let receiver: Server
let address: string
let status = 200
const received: { headers: IncomingHttpHeaders; body: string }[] = []
before(async () => {
  receiver = createServer((request, response) => {
    let body = ''
    request.on('data', (part) => (body += part))
    request.on('end', () => {
      received.push({ headers: request.headers, body })
      response.writeHead(status, { location: '/elsewhere' }).end()
    })
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  const { port } = receiver.address() as AddressInfo
  process.env.KUOYOU_WEBHOOK_HOSTS = `127.0.0.1:${port}`
  address = `http://127.0.0.1:${port}/hook`
  hamlet = await servedHamlet(webhookRoutes)
})
after(async () => {
  await hamlet.close()
  receiver.close()
})

const keeper = 'system-administrator'
const scope = { counties: [410_422] }

async function endpoint(kinds = ['series.published']): Promise<{ endpointId: string; secret: string }> {
  const { status, body } = await hamlet.ask(keeper, 'POST', '/api/webhooks', {
    name: '市共享平台',
    url: address,
    kinds,
  })
  assert.equal(status, 200, JSON.stringify(body))
  return body
}

const deliveries = async (endpointId: string) =>
  (await hamlet.ask(keeper, 'GET', `/api/webhooks/${endpointId}/deliveries`)).body.rows

async function settled(endpointId: string, state: string) {
  for (let n = 0; n < 600; n += 1) {
    const [latest] = await deliveries(endpointId)
    if (latest?.state === state && (latest.attempts > 0 || state !== 'waiting')) return latest
    await sleep(50)
  }
  assert.fail(`never ${state}: ${JSON.stringify(await deliveries(endpointId))}`)
}

const disable = (endpointId: string, state = 'disabled') =>
  hamlet.ask(keeper, 'PUT', `/api/webhooks/${endpointId}/state`, { state })

test('what happened is told soon after, signed so that its receiver can tell', async () => {
  const { endpointId, secret } = await endpoint()
  await hamlet.books.db.transaction(scope, (tx) => announce(tx, 'series.published', { seriesId: 7 }))
  assert.equal((await settled(endpointId, 'done')).status, 200)
  const { headers, body } = received.at(-1)!
  const told = new Webhook(secret).verify(body, headers as Record<string, string>) as {
    data: unknown
    type: string
  }
  assert.deepEqual([told.type, told.data], ['series.published', { seriesId: 7 }])
  assert.throws(() => new Webhook(secret).verify(body.replace('7', '8'), headers as Record<string, string>))
  await disable(endpointId)
})

test('an act that is taken back is not told of, nor what nobody asked for', async () => {
  const { endpointId } = await endpoint()
  await assert.rejects(
    hamlet.books.db.transaction(scope, async (tx) => {
      await announce(tx, 'series.published', { seriesId: 8 })
      throw new Error('taken back')
    }),
  )
  await hamlet.books.db.transaction(scope, (tx) => announce(tx, 'import.confirmed', { receiptNumber: 'DR1' }))
  assert.deepEqual(await deliveries(endpointId), [])
  await disable(endpointId)
})

test('a receiver that is down is tried again, later each time, for a day; then by hand', async () => {
  const { endpointId } = await endpoint()
  status = 503
  await hamlet.books.db.transaction(scope, (tx) => announce(tx, 'series.published', { seriesId: 9 }))
  const first = await settled(endpointId, 'waiting')
  assert.match((await until(async () => (await deliveries(endpointId))[0].problem)) as string, /对方答 503/)
  const gaps: number[] = []
  for (let n = 0; n < 10; n += 1) {
    await hamlet.owner.query("update webhooks.delivery set next_at = now() where state = 'waiting'")
    assert.equal(await deliverDue(hamlet.books, hamlet.books.webhooks), 0)
    const { rows } = await hamlet.owner.query(
      "select extract(epoch from next_at - now())::float8 / 60 as gap from webhooks.delivery where state = 'waiting'",
    )
    gaps.push(Math.round(rows[0].gap))
  }
  assert.deepEqual(gaps, [2, 4, 8, 16, 32, 64, 128, 240, 240, 240])
  await hamlet.owner.query(
    "update webhooks.delivery set next_at = now(), until = now() where state = 'waiting'",
  )
  await deliverDue(hamlet.books, hamlet.books.webhooks)
  const given = await settled(endpointId, 'failed')
  status = 200
  const replay = await hamlet.ask(
    keeper,
    'POST',
    `/api/webhooks/${endpointId}/deliveries/${first.eventId}/replay`,
  )
  assert.equal(replay.status, 200)
  const done = await settled(endpointId, 'done')
  assert.equal(done.eventId, given.eventId)
  await disable(endpointId)
})

async function until<T>(look: () => Promise<T>): Promise<T | undefined> {
  for (let n = 0; n < 600; n += 1) {
    const found = await look()
    if (found) return found
    await sleep(50)
  }
  return undefined
}

test('a process that dies while sending loses nothing: it is sent again', async () => {
  const { endpointId } = await endpoint()
  await hamlet.owner.query(
    `with e as (insert into webhooks.event (kind, about) values ('series.published', '{"seriesId": 10}') returning event_id)
     insert into webhooks.delivery (endpoint_id, event_id, attempts, next_at)
     select $1, event_id, 1, now() - interval '1 second' from e`,
    [endpointId],
  )
  const before = received.length
  const counts = await Promise.all([1, 2, 3].map(() => deliverDue(hamlet.books, hamlet.books.webhooks)))
  assert.deepEqual([counts.reduce((sum, each) => sum + each), received.length - before], [1, 1])
  await disable(endpointId)
})

test('only a system administrator sets receivers, never to an address inside, and the secret is not shown again', async () => {
  for (const account of ['city', 'security-administrator', 'county-410422'])
    assert.equal((await hamlet.ask(account, 'GET', '/api/webhooks')).status, 403)
  for (const url of [
    'https://169.254.169.254/latest/meta-data',
    'https://localhost/x',
    'http://example.org/x',
    'nonsense',
  ]) {
    const { status, body } = await hamlet.ask(keeper, 'POST', '/api/webhooks', {
      name: 'x',
      url,
      kinds: ['series.published'],
    })
    assert.deepEqual([status, body.refusal.code], [422, 'webhooks.address'], url)
  }
  const { secret } = await endpoint()
  assert.ok(!JSON.stringify((await hamlet.ask(keeper, 'GET', '/api/webhooks')).body).includes(secret))
})
