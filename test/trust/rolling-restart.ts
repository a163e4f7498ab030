import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import {
  Agent,
  createServer,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { root } from '../../src/app/data-folder.ts'
import { openSession } from '../../src/platform/access/session.ts'
import { startEmbeddedServer } from '../../src/platform/db/embedded-server.ts'
import { freePort } from '../journeys/platform-for-journeys.ts'
import { scenarioRequest } from './scenario-request.ts'

/** What steady visitors met while every node behind the proxy was replaced. */
export interface RollingFigures {
  readonly restarts: number
  readonly requests: number
  readonly writes: number
  /** Answers other than 200, and requests cut off. */
  readonly failed: readonly string[]
  readonly slowestMs: number
  readonly longestLockWaitMs: number
  /** Migrations that were made beside the older version. */
  readonly migrations: number
}

/**
 * D11 — two nodes behind a proxy that acts as deploy/nginx.conf tells nginx to; under steady reading and writing each is told to stop and
 * started anew, `rounds` times. The first nodes run from `previous`, an older checkout, where one is named: then the older
 * version works beside the newer one and on its schema. Throws when any request fails or anyone waits over a second for a lock.
 */
export async function trustRollingRestart(
  { rounds, previous }: { rounds: number; previous?: string | undefined },
  print: (line: string) => void = () => {},
): Promise<RollingFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'kuoyou-rolling-'))
  chmodSync(folder, 0o711)
  const database = await startEmbeddedServer(join(folder, 'db'))
  const { user, password, host } = database.connection
  const pool = new pg.Pool({ ...database.connection, database: 'rolling', max: 3 })
  pool.on('error', () => {})
  const url = `postgres://${user}:${password}@localhost/rolling?host=${encodeURIComponent(String(host))}`
  const nodes: Node[] = []
  let proxy: Server | undefined
  try {
    const admin = new pg.Client(database.connection)
    await admin.connect()
    await admin.query("create database rolling template template0 encoding 'UTF8'")
    await admin.end()
    for (let each = 0; each < 2; each += 1) {
      nodes.push({ port: await freePort(), process: undefined })
      await startNode(nodes[each]!, previous ?? root, url, join(folder, 'data'))
    }
    const before = await migrations(pool)
    proxy = await proxyTo(nodes)
    const cookie = `kuoyou_session=${await openSession(pool, 'city')}`
    const visitors = visit((proxy.address() as AddressInfo).port, cookie)
    const locks = watchLocks(pool)
    await wait(1_000)
    for (let round = 0; round < rounds; round += 1)
      for (const node of nodes) {
        await stopNode(node)
        await startNode(node, root, url, join(folder, 'data'))
        await wait(500)
      }
    const seen = await visitors.end()
    const figures = {
      ...seen,
      restarts: rounds * nodes.length,
      longestLockWaitMs: await locks.end(),
      migrations: (await migrations(pool)) - before,
    }
    print(
      `D11 逐个重启${previous ? '并换成新版本' : ''}：${figures.restarts} 次，期间做升级 ${figures.migrations} 个；请求 ${figures.requests} 次（写入 ${figures.writes} 次），失败 ${figures.failed.length}，最慢 ${figures.slowestMs} ms；等锁最久 ${figures.longestLockWaitMs} ms`,
    )
    assert.deepEqual(figures.failed.slice(0, 10), [])
    assert.ok(figures.writes > 10 && figures.requests > 100, 'there was something to fail')
    assert.ok(figures.longestLockWaitMs <= 1_000, 'nobody waits over a second for a lock')
    const { rows } = await pool.query(
      "select count(*)::int as count from seats.scenario where name like '滚动%'",
    )
    assert.equal(rows[0].count, figures.writes, 'every write once')
    return figures
  } finally {
    for (const node of nodes) node.process?.kill('SIGKILL')
    proxy?.closeAllConnections()
    proxy?.close()
    await pool.end()
    await database.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Node {
  readonly port: number
  process: ChildProcess | undefined
}

async function startNode(node: Node, checkout: string, url: string, data: string): Promise<void> {
  const child = spawn(
    process.execPath,
    ['src/app/cli.ts', 'start', '--size', 'hamlet', '--port', String(node.port), '--data', data],
    {
      cwd: checkout,
      env: { ...process.env, DATABASE_URL: url, KUOYOU_PROXY: '127.0.0.1' },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  )
  let said = ''
  child.stderr.on('data', (text) => {
    said = `${said}${text}`.slice(-2_000)
  })
  node.process = child
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the node ended before it was ready: ${said}`)
    const answer = await fetch(`http://127.0.0.1:${node.port}/api/ready`).catch(() => undefined)
    if (answer?.status === 200) return
    await wait(100)
  }
}

async function stopNode({ process: child }: Node): Promise<void> {
  const ended = new Promise((resolve) => child?.once('exit', resolve))
  child?.kill('SIGTERM')
  await ended
}

async function migrations(pool: pg.Pool): Promise<number> {
  return (await pool.query('select count(*)::int as count from public.migration')).rows[0].count
}

/** In turn to each node, on connections kept open; another node is tried when none was reached, or, for a GET alone, when one said 503 or hung up. */
async function proxyTo(nodes: readonly Node[]): Promise<Server> {
  const agent = new Agent({ keepAlive: true, maxSockets: 32 })
  let turn = 0
  const server = createServer(async (incoming, outgoing) => {
    const body = await buffer(incoming)
    const first = turn++
    for (let attempt = 0; attempt < nodes.length; attempt += 1) {
      const { port } = nodes[(first + attempt) % nodes.length]!
      const last = attempt === nodes.length - 1
      const answer = await forward(agent, port, incoming, body).catch((error: NodeJS.ErrnoException) => error)
      const mayRepeat = incoming.method === 'GET'
      if (answer instanceof Error) {
        if (!last && (answer.code === 'ECONNREFUSED' || mayRepeat)) continue
        return void outgoing.writeHead(502).end(`${answer.code}`)
      }
      if (answer.statusCode === 503 && mayRepeat && !last) {
        answer.resume()
        continue
      }
      return passOn(answer, outgoing)
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return server
}

function forward(
  agent: Agent,
  port: number,
  { method, url, headers }: IncomingMessage,
  body: Buffer,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const onward = request({ agent, host: '127.0.0.1', port, method, path: url, headers }, resolve)
    onward.once('error', reject)
    onward.end(body)
  })
}

function passOn(answer: IncomingMessage, outgoing: ServerResponse): void {
  const { connection: _, ...headers } = answer.headers
  outgoing.writeHead(answer.statusCode ?? 502, headers)
  answer.pipe(outgoing)
}

const visitorCount = 6

/** Visitors who read and, each third time, write; every one waits for an answer before asking again. */
function visit(port: number, cookie: string) {
  const failed: string[] = []
  let [requests, writes, slowestMs] = [0, 0, 0]
  let going = true
  const ask = async (path: string, body?: object) => {
    const started = performance.now()
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { cookie, 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    }).catch((error: Error) => error)
    requests += 1
    slowestMs = Math.max(slowestMs, Math.round(performance.now() - started))
    if (answer instanceof Error) failed.push(`${path}: ${answer.message}`)
    else {
      const text = await answer.text()
      if (answer.status !== 200) failed.push(`${path}: ${answer.status} ${text.slice(0, 200)}`)
      else if (body) writes += 1
    }
  }
  const visitor = async (number: number) => {
    for (let turn = 0; going; turn += 1) {
      if (turn % 3 === 2) await ask('/api/seats/scenarios', scenarioRequest(`滚动${number}号第${turn}个`))
      else await ask('/api/seats/scenarios')
      // Below what one account may ask in a minute.
      await wait(800)
    }
  }
  const working = Promise.all(Array.from({ length: visitorCount }, (_, number) => visitor(number)))
  return {
    end: async () => {
      going = false
      await working
      return { requests, writes, failed, slowestMs }
    },
  }
}

function watchLocks(pool: pg.Pool) {
  let longest = 0
  let going = true
  const looking = (async () => {
    while (going) {
      const { rows } = await pool.query(
        `select coalesce(max(extract(epoch from clock_timestamp() - query_start)) * 1000, 0)::int as ms
           from pg_stat_activity where wait_event_type = 'Lock' and wait_event <> 'advisory'`,
      )
      longest = Math.max(longest, rows[0].ms)
      await wait(25)
    }
  })()
  return {
    end: async () => {
      going = false
      await looking
      return longest
    },
  }
}
