import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { siteDatabase } from '../../src/app/connect.ts'
import { createDemonstrationAccounts } from '../../src/app/demonstration-accounts.ts'
import { migrationFolders } from '../../src/app/migration-folders.ts'
import { buildCity } from '../../src/demo/build-city.ts'
import { loadCity } from '../../src/demo/load-city.ts'
import { appendEntry } from '../../src/platform/audit/append-entry.ts'
import { keepAudit } from '../../src/platform/audit/keep-audit.ts'
import { verifyAudit } from '../../src/platform/audit/verify-audit.ts'
import { writeBaseBackup } from '../../src/platform/backup/base-backup.ts'
import { type EmbeddedServer, startEmbeddedServer } from '../../src/platform/db/embedded-server.ts'
import { migrate } from '../../src/platform/db/migrate.ts'
import { type Database, openDatabase } from '../../src/platform/db/open-database.ts'
import { archiveSettings, prepareArchive, walFolder } from '../../src/platform/db/wal-archive.ts'
import { keepErasures } from '../../src/records/people/erasure-book.ts'
import { writeSite } from '../../src/records/registry/site.ts'
import { killDatabase } from './database-kills.ts'

/** What a machine that was lost under load cost. */
export interface PointInTimeFigures {
  readonly rows: number
  readonly acknowledged: number
  readonly lost: number
  /** Of the lost, those whose log had been archived. */
  readonly lostOfArchived: number
  /** From the newest write that came back to the moment of the loss. */
  readonly lossSeconds: number
  readonly baseSeconds: number
  /** From the archive to a database that was recovered and cleared of the erased. */
  readonly restoreSeconds: number
  /** Writes acknowledged up to a moment in the middle that came back when asked for that moment, and later ones that did. */
  readonly untilMiddle: { readonly missing: number; readonly tooMany: number }
}

interface Written {
  readonly trace: string
  readonly at: number
  /** Where the log stood after it was acknowledged. */
  readonly lsn: bigint
}

interface Trial {
  readonly folder: string
  readonly data: string
  readonly archive: string
  readonly places: { readonly folders: readonly [string, string]; readonly keyFile: string }
}

/**
 * D10 — writes under load, kills the database, throws its folder away and recovers it from base and archived log, to the end
 * and to a moment in the middle. Throws when anything archived is lost, more than five minutes are lost, the audit does not
 * verify, or the moment in the middle does not come back exactly.
 */
export async function trustPointInTime(
  options: { size: 'hamlet' | 'city'; archiveEverySeconds: number; loadSeconds: number },
  print: (line: string) => void = () => {},
): Promise<PointInTimeFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'kuoyou-pitr-'))
  chmodSync(folder, 0o711)
  const anchors = join(folder, 'anchors')
  const trial: Trial = {
    folder,
    data: join(folder, 'data'),
    archive: join(folder, 'archive'),
    places: { folders: [anchors, join(folder, 'anchors-second')], keyFile: join(folder, 'audit-key') },
  }
  try {
    const figures = await loseAndRecover(trial, options)
    print(
      `D10 到某一刻的恢复：${figures.rows} 行的库，底本 ${figures.baseSeconds.toFixed(1)} 秒；写入 ${figures.acknowledged} 笔后 kill -9 并删去数据目录；丢 ${figures.lost} 笔（最后 ${figures.lossSeconds.toFixed(1)} 秒的，已归档的丢 ${figures.lostOfArchived} 笔）；恢复 ${figures.restoreSeconds.toFixed(1)} 秒；恢复到中间一刻：缺 ${figures.untilMiddle.missing}、多 ${figures.untilMiddle.tooMany}；审计链完好`,
    )
    assert.equal(figures.lostOfArchived, 0)
    assert.deepEqual(figures.untilMiddle, { missing: 0, tooMany: 0 })
    assert.ok(figures.acknowledged > 20 && figures.lost < figures.acknowledged, 'there was something to lose')
    assert.ok(figures.lossSeconds <= 300, 'at most five minutes lost')
    assert.ok(figures.restoreSeconds <= 1_800, 'back within half an hour')
    return figures
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function loseAndRecover(
  trial: Trial,
  options: { size: 'hamlet' | 'city'; archiveEverySeconds: number; loadSeconds: number },
): Promise<PointInTimeFigures> {
  const { data, archive, places } = trial
  prepareArchive(archive)
  const settings = archiveSettings(archive, options.archiveEverySeconds)
  const server = await startEmbeddedServer(data, undefined, settings)
  const db = await filled(server, options.size)
  const started = performance.now()
  await writeBaseBackup({ archive, database: data, connection: server.connection, platform: 'trial' })
  const baseSeconds = (performance.now() - started) / 1000
  const load = writeSteadily(db)
  const audit = keepAudit(db.pool, places, () => {})
  await wait(options.loadSeconds * 500)
  await keepErasures(db, places.folders)
  const middle = await load.pauseFor(50)
  await wait(options.loadSeconds * 500)
  const { rows } = await db.pool.query(
    "select sum(n_live_tup)::float8 as rows from pg_stat_user_tables where schemaname <> 'audit'",
  )
  const lostAt = Date.now()
  killDatabase(join(data, 'cluster/postmaster.pid'), true)
  const written = await load.end()
  await audit.stop().catch(() => {})
  await db.close()
  rmSync(data, { recursive: true, force: true })

  const archived = endOfArchive(archive)
  const full = await recovered(trial, undefined)
  const missing = written.filter(({ trace }) => !full.traces.has(trace))
  const lastBack = Math.max(...written.filter(({ trace }) => full.traces.has(trace)).map(({ at }) => at))
  const halfway = await recovered(trial, new Date(middle).toISOString())
  return {
    rows: rows[0].rows,
    acknowledged: written.length,
    lost: missing.length,
    lostOfArchived: missing.filter(({ lsn }) => lsn <= archived).length,
    lossSeconds: (lostAt - lastBack) / 1000,
    baseSeconds,
    restoreSeconds: full.seconds,
    untilMiddle: {
      missing: written.filter(({ at, trace }) => at < middle && !halfway.traces.has(trace)).length,
      tooMany: written.filter(({ at, trace }) => at > middle && halfway.traces.has(trace)).length,
    },
  }
}

async function filled({ connection }: EmbeddedServer, size: 'hamlet' | 'city'): Promise<Database> {
  const first = openDatabase(connection, 1)
  await first.pool.query(`create database ${siteDatabase} template template0 encoding 'UTF8'`)
  await first.close()
  const db = openDatabase({ ...connection, database: siteDatabase }, 6)
  await migrate(db.pool, migrationFolders)
  const city = buildCity({ size, seed: 20_240_822 })
  await loadCity(db, city)
  await createDemonstrationAccounts(db.pool)
  await writeSite(db.pool, { cityId: city.cityId, planLayer: 'pingdingshan', synthetic: true, size })
  return db
}

const clients = 3

/** Acts with their audit entries, one after another by each client; what was acknowledged, when, and where the log then stood. */
function writeSteadily(db: Database) {
  const written: Written[] = []
  let going = true
  let paused = false
  const act = async (trace: string) => {
    const client = await db.pool.connect()
    try {
      await client.query('begin')
      await appendEntry(client, { trace, account: 'trial', role: 'trial', act: 'trial', outcome: 'done' })
      await client.query('commit')
      const at = Date.now()
      const { rows } = await client.query("select pg_current_wal_insert_lsn() - '0/0' as lsn")
      written.push({ trace, at, lsn: BigInt(rows[0].lsn) })
      client.release()
    } catch (error) {
      client.release(true)
      throw error
    }
  }
  const one = async (number: number) => {
    for (let turn = 0; going; turn += 1) {
      if (!paused) await act(`trial-${number}-${turn}`)
      await wait(20)
    }
  }
  const working = Promise.allSettled(Array.from({ length: clients }, (_, number) => one(number)))
  return {
    /** A stretch without writes; returns a moment well inside it. */
    pauseFor: async (ms: number) => {
      paused = true
      await wait(500)
      const moment = Date.now()
      await wait(ms)
      paused = false
      return moment
    },
    end: async () => {
      going = false
      await working
      return written
    },
  }
}

/** Up to where the log lies in the archive without a gap. */
function endOfArchive(archive: string): bigint {
  const segments = readdirSync(walFolder(archive)).filter((name) => /^[0-9A-F]{24}\.gz$/.test(name))
  const last = segments.sort().at(-1)!
  const segment = BigInt(`0x${last.slice(8, 16)}`) * 256n + BigInt(`0x${last.slice(16, 24)}`)
  return (segment + 1n) * 16n * 1024n * 1024n
}

/** By the command an operator types, into a new folder; what stands there, and that its audit is whole. */
async function recovered(
  { folder, archive, places }: Trial,
  until: string | undefined,
): Promise<{ traces: Set<string>; seconds: number }> {
  const data = mkdtempSync(join(folder, 'new-'))
  chmodSync(data, 0o711)
  const started = performance.now()
  await kuoyou(places.folders[1], [
    'restore',
    '--archive',
    archive,
    '--data',
    data,
    ...(until ? ['--until', until] : []),
  ])
  const seconds = (performance.now() - started) / 1000
  const server = await startEmbeddedServer(data)
  const db = openDatabase({ ...server.connection, database: siteDatabase }, 4)
  try {
    const verdict = await verifyAudit(db.pool, places)
    assert.deepEqual(verdict.findings, [])
    const { rows } = await db.pool.query("select trace from audit.entry where act = 'trial'")
    const { rows: marks } = await db.pool.query('select opened_at from ops.restored')
    assert.ok(marks[0].opened_at, 'the list of the erased was heeded')
    return { traces: new Set(rows.map(({ trace }) => trace as string)), seconds }
  } finally {
    await db.close()
    await server.stop()
    rmSync(data, { recursive: true, force: true })
  }
}

function kuoyou(anchors: string, args: string[]): Promise<string> {
  const { DATABASE_URL: _, ...environment } = process.env
  const program = new URL('../../src/app/cli.ts', import.meta.url).pathname
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [program, ...args],
      { env: { ...environment, KUOYOU_AUDIT_ANCHORS: anchors } },
      (error, out, err) => (error ? reject(new Error(err)) : resolve(out)),
    )
  })
}
