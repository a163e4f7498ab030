import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import Type from 'typebox'
import { migrationFolders } from '../../src/app/migration-folders.ts'
import { anyone } from '../../src/platform/access/policy.ts'
import { keepEmbeddedServer } from '../../src/platform/db/keep-embedded-server.ts'
import { migrate } from '../../src/platform/db/migrate.ts'
import { type Database, openDatabase } from '../../src/platform/db/open-database.ts'
import { routeFor } from '../../src/platform/http/route.ts'
import { buildServer } from '../../src/platform/http/serve.ts'
import { stopServing } from '../../src/platform/watch/stop-serving.ts'

/** What was seen while the database was killed under load. */
export interface KillFigures {
  readonly kills: number
  readonly acknowledged: number
  readonly unacknowledged: number
  readonly lost: number
  readonly doubled: number
  /** From a kill to the next acknowledged write. */
  readonly slowestMs: number
  readonly medianMs: number
}

const county = 410_401
const writers = 4

/**
 * Kills the built-in database `kills` times with SIGKILL, every other time with all its children, while four clients
 * write through the server. Throws when an acknowledged write is missing or double, when a client was told anything
 * but 503 with Retry-After and a Chinese sentence, or when writing went on later than 15 s after a kill.
 */
export async function trustDatabaseKills(
  kills: number,
  print: (line: string) => void = () => {},
): Promise<KillFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'kuoyou-kills-'))
  chmodSync(folder, 0o711)
  const kept = await keepEmbeddedServer(join(folder, 'db'))
  const db = openDatabase(kept.connection, 10)
  try {
    await migrate(db.pool, migrationFolders)
    await db.pool.query(
      "insert into registry.county (county_id, code, name, kind, city_id) values ($1, '410401', '试', 'county', 410400)",
      [county],
    )
    const figures = await writeWhileKilling(db, join(folder, 'db/cluster/postmaster.pid'), kills)
    print(
      `D2 数据库连遭 ${kills} 次 kill -9：已答复的写入 ${figures.acknowledged} 笔，丢 ${figures.lost}，重 ${figures.doubled}；当时未办成并说明的 ${figures.unacknowledged} 笔；恢复写入最慢 ${figures.slowestMs} ms，中位 ${figures.medianMs} ms，平台没有重启`,
    )
    assert.equal(db.pool.totalCount - db.pool.idleCount, 0, 'every connection came back to the pool')
    assert.ok(figures.acknowledged > kills, 'there were writes to lose')
    assert.deepEqual([figures.lost, figures.doubled], [0, 0])
    assert.ok(figures.slowestMs <= 15_000, 'ready within 15 s')
    return figures
  } finally {
    await db.close()
    await kept.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function writeWhileKilling(db: Database, pidFile: string, kills: number): Promise<KillFigures> {
  const server = await serverOf(db)
  await server.listen({ port: 0, host: '127.0.0.1' })
  const { port } = server.server.address() as AddressInfo
  const acknowledged: string[] = []
  const refused: string[] = []
  let newestStart = 0
  let going = true
  const write = async (writer: number) => {
    for (let turn = 0; going; turn += 1) {
      const name = `${writer}-${turn}`
      const started = performance.now()
      const answer = await fetch(`http://127.0.0.1:${port}/api/notes/${name}`, { method: 'POST' })
      const body = (await answer.json()) as { kind?: string; text?: string }
      if (answer.status === 200) {
        acknowledged.push(name)
        newestStart = Math.max(newestStart, started)
        continue
      }
      assert.equal(answer.status, 503, JSON.stringify(body))
      assert.ok(Number(answer.headers.get('retry-after')) > 0)
      assert.match(body.text ?? '', /数据库暂时连不上.*请 5 秒后再试/)
      refused.push(name)
      await sleep(25)
    }
  }
  const clients = Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)))
  clients.catch(() => {})
  const times: number[] = []
  try {
    for (let kill = 0; kill < kills; kill += 1) {
      await Promise.race([sleep(100 + ((kill * 137) % 400)), clients])
      const killedAt = performance.now()
      const killed = killDatabase(pidFile, kill % 2 === 1)
      await until(() => ![killed, 0].includes(postmasterIn(pidFile)), clients)
      const back = performance.now()
      await until(() => newestStart > back, clients)
      times.push(performance.now() - killedAt)
    }
  } finally {
    going = false
    await clients.finally(() => stopServing(server, 1_000))
  }
  return { kills, unacknowledged: refused.length, ...(await compare(db, acknowledged)), ...spread(times) }
}

/** Writes as the platform itself: a stranger's own sight of the database would hold no county. */
const noteOf = (db: Database) =>
  routeFor<{ readonly db: Database }>()({
    method: 'POST',
    path: '/api/notes/{name}',
    summary: '记一笔',
    may: anyone,
    params: Type.Object({ name: Type.String() }),
    answer: Type.Object({ kept: Type.Boolean() }),
    handle: async ({ params }) => {
      await db.transaction({ counties: [county] }, async (tx) => {
        await sql`insert into seats.scenario (county_id, name, births, town_drift, capacity_basis, class_size, author)
        values (${county}, ${params.name}, 'mid', 0, 'rooms', 'standard', '')`.execute(tx)
        // A pause in mid-transaction, so that some kills find one open and idle.
        await sleep(3)
        await sql`update seats.scenario set note = 'whole' where county_id = ${county} and name = ${params.name}`.execute(
          tx,
        )
      })
      return { kept: true }
    },
  })

function serverOf(db: Database) {
  return buildServer({
    routes: [noteOf(db)],
    context: { db },
    version: 'test',
    onFault: (_, error) => process.stderr.write(`${(error as Error).stack}\n`),
  })
}

/** Kills the postmaster, and when asked its children too; returns its process id. */
/** 杀数据库 — its main process, or with all its children. */
export function killDatabase(pidFile: string, withChildren: boolean): number {
  const postmaster = postmasterIn(pidFile)
  const children = withChildren ? childrenOf(postmaster) : []
  for (const pid of [postmaster, ...children]) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch (error) {
      // A child may have ended by itself in this moment.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    }
  }
  return postmaster
}

function postmasterIn(pidFile: string): number {
  try {
    return Number(readFileSync(pidFile, 'utf8').split('\n')[0])
  } catch {
    return 0
  }
}

function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[1]) === parent
      } catch {
        return false
      }
    })
    .map(Number)
}

/** Waits until it is so; fails after 20 s, or with whatever a client failed with. */
async function until(isSo: () => boolean, clients: Promise<unknown>): Promise<void> {
  const deadline = performance.now() + 20_000
  while (!isSo()) {
    if (performance.now() > deadline) throw new Error('the database did not come back within 20 s')
    await Promise.race([sleep(5), clients])
  }
}

async function compare(db: Database, acknowledged: readonly string[]) {
  const { rows } = await db.pool.query<{ name: string; note: string }>(
    'select name, note from seats.scenario',
  )
  const found = Map.groupBy(rows, ({ name }) => name)
  assert.ok(
    rows.every(({ note }) => note === 'whole'),
    'no half of a transaction',
  )
  return {
    acknowledged: acknowledged.length,
    lost: acknowledged.filter((name) => !found.has(name)).length,
    doubled: [...found.values()].filter((each) => each.length > 1).length,
  }
}

function spread(times: readonly number[]) {
  const sorted = [...times].sort((a, b) => a - b)
  return {
    slowestMs: Math.round(sorted.at(-1) ?? 0),
    medianMs: Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0),
  }
}
