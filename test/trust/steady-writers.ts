import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import Type from 'typebox'
import { migrationFolders } from '../../src/app/migration-folders.ts'
import { anyone } from '../../src/platform/access/policy.ts'
import { migrate } from '../../src/platform/db/migrate.ts'
import type { Database } from '../../src/platform/db/open-database.ts'
import { routeFor } from '../../src/platform/http/route.ts'
import { buildServer } from '../../src/platform/http/serve.ts'
import { stopServing } from '../../src/platform/watch/stop-serving.ts'

const county = 410_401
const writers = 4

/** 不停的写入 — clients that write one note after another through a server, and remember what was answered. */
export interface SteadyWriters {
  readonly acknowledged: readonly string[]
  /** How often each status other than 200 was answered. */
  readonly refusals: ReadonlyMap<number, number>
  /** When the newest acknowledged write was begun. */
  newestStart(): number
  /** Waits until it is so; fails after 90 s, or with whatever a client failed with. */
  until(isSo: () => boolean, what: string): Promise<void>
  /** Ends the writing and compares what stands with what was answered. */
  finish(): Promise<{ acknowledged: number; lost: number; doubled: number; unacknowledged: number }>
  stop(): Promise<void>
}

/** Makes the schema and the county that is written to. */
export async function prepareWriting({ pool }: Database): Promise<void> {
  await migrate(pool, migrationFolders)
  await pool.query(
    "insert into registry.county (county_id, code, name, kind, city_id) values ($1, '410401', '试', 'county', 410400)",
    [county],
  )
}

/** Starts writing, `bytes` of text with every note; whatever is answered but 200 must be 503 or 507 with a sentence. */
export async function startWriting(db: Database, bytes = 0): Promise<SteadyWriters> {
  const server = await buildServer({
    routes: [noteOf(db, bytes)],
    context: { db },
    version: 'test',
    onFault: (_, error) => process.stderr.write(`${(error as Error).stack}\n`),
  })
  await server.listen({ port: 0, host: '127.0.0.1' })
  const { port } = server.server.address() as AddressInfo
  const acknowledged: string[] = []
  const refusals = new Map<number, number>()
  let newest = 0
  let going = true
  const write = async (writer: number) => {
    for (let turn = 0; going; turn += 1) {
      const name = `${writer}-${turn}`
      const started = performance.now()
      const answer = await fetch(`http://127.0.0.1:${port}/api/notes/${name}`, { method: 'POST' })
      const body = (await answer.json()) as { text?: string }
      if (answer.status === 200) {
        acknowledged.push(name)
        newest = Math.max(newest, started)
        continue
      }
      assert.ok([503, 507].includes(answer.status), `${answer.status} ${JSON.stringify(body)}`)
      assert.ok(Number(answer.headers.get('retry-after')) > 0)
      assert.match(
        body.text ?? '',
        answer.status === 507 ? /磁盘已满.*清理磁盘/ : /暂时连不上.*请 5 秒后再试/,
      )
      refusals.set(answer.status, (refusals.get(answer.status) ?? 0) + 1)
      await sleep(25)
    }
  }
  const clients = Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)))
  clients.catch(() => {})
  const stop = async () => {
    going = false
    await clients.finally(() => stopServing(server, 1_000))
  }
  return {
    acknowledged,
    refusals,
    newestStart: () => newest,
    until: (isSo, what) => until(isSo, what, clients),
    stop,
    finish: async () => {
      await stop()
      const unacknowledged = [...refusals.values()].reduce((sum, each) => sum + each, 0)
      return { ...(await compare(db, acknowledged)), unacknowledged }
    },
  }
}

/** Writes as the platform itself: a stranger's own sight of the database would hold no county. */
function noteOf(db: Database, bytes: number) {
  return routeFor<{ readonly db: Database }>()({
    method: 'POST',
    path: '/api/notes/{name}',
    summary: '记一笔',
    may: anyone,
    params: Type.Object({ name: Type.String() }),
    answer: Type.Object({ kept: Type.Boolean() }),
    handle: async ({ params }) => {
      const note = randomBytes(bytes / 2).toString('hex')
      await db.transaction({ counties: [county] }, async (tx) => {
        await sql`insert into seats.scenario (county_id, name, births, town_drift, capacity_basis, class_size, author)
        values (${county}, ${params.name}, 'mid', 0, 'rooms', 'standard', '')`.execute(tx)
        // A pause in mid-transaction, so that some kills find one open and idle.
        await sleep(3)
        await sql`update seats.scenario set note = ${`whole ${note}`} where county_id = ${county} and name = ${params.name}`.execute(
          tx,
        )
      })
      return { kept: true }
    },
  })
}

async function until(isSo: () => boolean, what: string, clients: Promise<unknown>): Promise<void> {
  const deadline = performance.now() + 90_000
  while (!isSo()) {
    if (performance.now() > deadline) throw new Error(`not within 90 s: ${what}`)
    await Promise.race([sleep(5), clients])
  }
}

async function compare(db: Database, acknowledged: readonly string[]) {
  const { rows } = await db.pool.query<{ name: string; whole: boolean }>(
    "select name, note like 'whole %' as whole from seats.scenario",
  )
  const found = Map.groupBy(rows, ({ name }) => name)
  assert.ok(
    rows.every(({ whole }) => whole),
    'no half of a transaction',
  )
  return {
    acknowledged: acknowledged.length,
    lost: acknowledged.filter((name) => !found.has(name)).length,
    doubled: [...found.values()].filter((each) => each.length > 1).length,
  }
}
