import assert from 'node:assert/strict'
import { get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import fastify, { type FastifyInstance } from 'fastify'
import type pg from 'pg'
import { drain, makeDrainable } from './drain.ts'
import { loggingOptions, logRequests } from './log.ts'
import { openMetrics, watchDatabase, watchPool, watchRequests } from './metrics.ts'
import { outageOf } from './outage.ts'
import { serveMetrics } from './serve-metrics.ts'
import { diskCheck, NotReady, serveReadiness } from './serve-readiness.ts'
import { stopServing } from './stop-serving.ts'

const child = '410402201501011234'
const phone = '13812345678'

test('logs hold no address, query, header, body, identity or telephone number, and every line is JSON with its trace', async () => {
  const lines: string[] = []
  const server = fastify(loggingOptions({ write: (line) => lines.push(line) }))
  logRequests(server)
  server.setErrorHandler((err, request, reply) => {
    request.log.error({ err }, 'fault')
    return reply.code(500).send({})
  })
  server.post('/api/pupils/:id', async (request) => {
    request.log.info({ told: { idNumber: child, n: Number(phone) } }, `looked at ${child} of ${phone}`)
    throw Object.assign(new Error(`duplicate key (id_number)=(${child})`), {
      code: '23505',
      detail: `Key (${child})`,
      parameters: [child],
    })
  })
  const answer = await server.inject({
    method: 'POST',
    url: `/api/pupils/${child}?phone=${phone}&name=张三`,
    headers: { 'x-phone': phone, authorization: 'Bearer topsecret' },
    payload: { idNumber: child, name: '李四' },
  })
  await server.inject({ url: `/nowhere/${child}` })
  const text = lines.join('')
  assert.ok(lines.length >= 3)
  for (const secret of [child, phone, '张三', '李四', 'topsecret', 'Key (', '%E5%BC%A0'])
    assert.ok(!text.includes(secret), secret)
  const parsed = lines.map((line) => JSON.parse(line))
  const answered = parsed.find(({ msg }) => msg === 'answered')
  assert.deepEqual([answered.route, answered.status, answered.level], ['/api/pupils/:id', 500, 'error'])
  assert.equal(answer.headers['x-trace-id'], answered.trace)
  assert.match(text, /duplicate key \(id_number\)=\(\[身份证号\]\)/)
})

test('every line says its moment in UTC, whatever the zone of the machine', async () => {
  const lines: string[] = []
  const zone = process.env.TZ
  process.env.TZ = 'America/Los_Angeles'
  try {
    const server = fastify(loggingOptions({ write: (line) => lines.push(line) }))
    logRequests(server)
    const began = Date.now()
    await server.inject({ url: '/nowhere' })
    assert.ok(lines.length > 0)
    for (const line of lines) {
      const { time } = JSON.parse(line)
      assert.match(time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
      assert.ok(Date.parse(time) >= began && Date.parse(time) <= Date.now())
    }
  } finally {
    if (zone === undefined) delete process.env.TZ
    else process.env.TZ = zone
  }
})

async function served(prepare: (server: FastifyInstance) => void): Promise<FastifyInstance> {
  const server = fastify()
  prepare(server)
  server.get('/api/units/:id', async () => ({}))
  await server.ready()
  return server
}

test('metrics count by route and status, never by address; nothing stays in flight', async () => {
  const metrics = openMetrics()
  const server = await served((each) => watchRequests(each, metrics))
  for (const id of [1, 2, 3]) await server.inject({ url: `/api/units/${id}` })
  await server.inject({ url: '/nowhere/5' })
  const text = await metrics.metrics()
  assert.match(
    text,
    /kuoyou_http_request_seconds_count\{method="GET",route="\/api\/units\/:id",status="200"\} 3/,
  )
  assert.match(text, /kuoyou_http_request_seconds_count\{method="GET",route="\(none\)",status="404"\} 1/)
  assert.match(text, /kuoyou_http_requests_in_flight 0/)
  assert.match(text, /kuoyou_nodejs_eventloop_lag_seconds/)
  assert.doesNotMatch(text, /units\/[123]|nowhere/)
})

test('figures of the database: given when its table is there, absent when not or when it is away', async () => {
  let away = false
  const pool = {
    totalCount: 5,
    idleCount: 3,
    waitingCount: 2,
    query: async (_sql: string, values?: string[]) => {
      if (away) throw new Error('away')
      return { rows: values ? [{ there: values[0] === 'jobs.job' }] : [{ value: '7' }] }
    },
  } as unknown as pg.Pool
  const metrics = openMetrics()
  watchPool(metrics, pool)
  watchDatabase(metrics, pool, [
    { name: 'kuoyou_there', help: 'there', table: 'jobs.job', sql: 'select' },
    { name: 'kuoyou_not_there', help: 'not', table: 'audit.none', sql: 'select' },
  ])
  const text = await metrics.metrics()
  assert.match(text, /kuoyou_database_connections\{state="waiting"\} 2/)
  assert.match(text, /^kuoyou_there 7$/m)
  assert.doesNotMatch(text, /^kuoyou_not_there \d/m)
  away = true
  assert.doesNotMatch(await metrics.metrics(), /^kuoyou_there \d/m)
})

test('metrics are for this machine or the token: a stranger, a proxied request and a wrong token find nothing', async () => {
  const server = await served((each) => serveMetrics(each, openMetrics(), 'right-token'))
  const ask = async (remoteAddress: string, headers: Record<string, string> = {}) =>
    (await server.inject({ url: '/metrics', remoteAddress, headers })).statusCode
  assert.equal(await ask('127.0.0.1'), 200)
  assert.equal(await ask('::1'), 200)
  assert.equal(await ask('::ffff:127.0.0.1'), 200)
  assert.equal(await ask('10.1.2.3'), 404)
  assert.equal(await ask('127.0.0.1', { 'x-forwarded-for': '10.1.2.3' }), 404)
  assert.equal(await ask('127.0.0.1', { forwarded: 'for=127.0.0.1' }), 404)
  assert.equal(await ask('10.1.2.3', { authorization: 'Bearer right-token' }), 200)
  assert.equal(await ask('10.1.2.3', { authorization: 'Bearer wrong-token' }), 404)
  const without = await served((each) => serveMetrics(each, openMetrics()))
  const guess = await without.inject({
    url: '/metrics',
    remoteAddress: '10.1.2.3',
    headers: { authorization: 'Bearer ' },
  })
  assert.equal(guess.statusCode, 404)
})

test('readiness: 200 when all is fine, 503 with the words of what is not; a driver’s own words and a check that hangs are not told', async () => {
  let problem: Error | undefined
  let hangs = false
  const server = await served((each) =>
    serveReadiness(each, [
      {
        what: '数据库',
        check: async () => {
          if (hangs) await sleep(60_000, undefined, { ref: false })
          if (problem) throw problem
        },
      },
      diskCheck('/tmp', 0.001),
    ]),
  )
  const ask = async () => await server.inject({ url: '/api/ready' })
  assert.equal((await ask()).statusCode, 200)
  problem = new NotReady('还有 2 个升级没有做')
  const told = await ask()
  assert.deepEqual(
    [told.statusCode, told.headers['retry-after'], told.json().checks[0].words],
    [503, '5', '还有 2 个升级没有做'],
  )
  problem = new Error('password authentication failed for user "kuoyou" at 10.0.0.5')
  assert.deepEqual((await ask()).json().checks[0], { what: '数据库', fine: false, words: '没有回应' })
  problem = undefined
  hangs = true
  assert.equal((await ask()).statusCode, 503)
})

test('no disk left makes a node not ready', async () => {
  const server = await served((each) => serveReadiness(each, [diskCheck('/tmp', 1_000_000)]))
  assert.equal((await server.inject({ url: '/api/ready' })).statusCode, 503)
})

const known: readonly [error: Error, code: string | undefined][] = [
  [
    Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED', syscall: 'connect' }),
    'database.away',
  ],
  [Object.assign(new Error('no socket'), { code: 'ENOENT', syscall: 'connect' }), 'database.away'],
  [Object.assign(new Error('no file'), { code: 'ENOENT', syscall: 'open' }), undefined],
  [Object.assign(new Error('x'), { code: '57P01' }), 'database.away'],
  [Object.assign(new Error('x'), { code: '57P03' }), 'database.away'],
  [new Error('Connection terminated unexpectedly'), 'database.away'],
  [new Error('wrapped', { cause: Object.assign(new Error('x'), { code: '57P02' }) }), 'database.away'],
  [Object.assign(new Error('could not extend file'), { code: '53100' }), 'database.full'],
  [Object.assign(new Error('x'), { code: '40001' }), 'database.busy'],
  [Object.assign(new Error('duplicate'), { code: '23505' }), undefined],
  [new TypeError('undefined is not a function'), undefined],
]
for (const [error, code] of known)
  test(`${(error as { code?: string }).code ?? error.message} is ${code ?? 'a fault'}`, () => {
    const outage = outageOf(error)
    assert.equal(outage?.code, code)
    if (outage) assert.ok(/[\u4e00-\u9fff]/.test(outage.text) && outage.retryAfterSeconds > 0)
  })

async function listening(
  work: () => Promise<string>,
): Promise<{ server: FastifyInstance; ask: () => Promise<string> }> {
  const server = fastify()
  server.get('/slow', work)
  await server.listen({ port: 0, host: '127.0.0.1' })
  const { port } = server.server.address() as AddressInfo
  const ask = () =>
    new Promise<string>((resolve) => {
      get({ port, path: '/slow' }, (response) => {
        let body = ''
        response.on('data', (chunk) => {
          body += chunk
        })
        response.on('end', () => resolve(`${response.statusCode} ${body}`))
        response.on('error', () => resolve('cut'))
      }).on('error', (error: NodeJS.ErrnoException) =>
        resolve(error.code === 'ECONNREFUSED' ? 'refused' : 'cut'),
      )
    })
  return { server, ask }
}

test('stopping lets a request under way be answered, and takes no new one', async () => {
  const { server, ask } = await listening(async () => {
    await sleep(400)
    return 'done'
  })
  const going = ask()
  await sleep(100)
  const stopped = stopServing(server, 5_000)
  await sleep(50)
  assert.match(await ask(), /refused|^503/)
  assert.equal(await going, '200 done')
  assert.equal(await stopped, true)
})

test('what hangs longer than the patience is cut off', async () => {
  const { server, ask } = await listening(() => sleep(60_000, 'never', { ref: false }))
  const going = ask()
  await sleep(100)
  assert.equal(await stopServing(server, 300), false)
  assert.equal(await going, 'cut')
})

test('a node that drains is not ready, answers all the same, and gives each connection back', async () => {
  const server = fastify()
  makeDrainable(server)
  serveReadiness(server, [])
  server.post('/act', async () => 'done')
  assert.equal((await server.inject('/api/ready')).statusCode, 200)
  assert.notEqual((await server.inject({ method: 'POST', url: '/act' })).headers.connection, 'close')
  const drained = drain(server, 200)
  assert.equal((await server.inject('/api/ready')).statusCode, 503)
  const answer = await server.inject({ method: 'POST', url: '/act' })
  assert.deepEqual([answer.statusCode, answer.headers.connection], [200, 'close'])
  await drained
})
