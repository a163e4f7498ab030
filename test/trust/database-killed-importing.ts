import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type pg from 'pg'
import { migrationFolders } from '../../src/app/migration-folders.ts'
import { booksOf } from '../../src/app/open-site.ts'
import { workOnJobs } from '../../src/app/work-on-jobs.ts'
import { buildCity } from '../../src/demo/build-city.ts'
import { loadCity } from '../../src/demo/load-city.ts'
import { startApplying } from '../../src/features/exchange/import/import-jobs.ts'
import { takeUpload } from '../../src/features/exchange/import/take-upload.ts'
import { keepEmbeddedServer } from '../../src/platform/db/keep-embedded-server.ts'
import { migrate } from '../../src/platform/db/migrate.ts'
import { type Database, openDatabase } from '../../src/platform/db/open-database.ts'
import type { Books } from '../../src/records/books.ts'
import { writeSite } from '../../src/records/registry/site.ts'
import { killDatabase, postmasterIn } from './database-kills.ts'
import { birthsOf, decision, importer } from './killed-imports.ts'
import { hashOfBooks } from './watch-books.ts'

/** What was seen while the database was killed under an import. */
export interface ImportKills {
  readonly kills: number
  /** Steps of the uninterrupted import: claimed, progress, the effect before its commit. */
  readonly steps: number
}

interface World {
  readonly connection: pg.PoolConfig
  readonly pidFile: string
  readonly csv: Buffer
  readonly data: string
}

/**
 * Kills the built-in database with SIGKILL at `kills` steps of one and the same import, spread over its whole course, every
 * other time with all its children. The job is taken up again by itself; throws when the books differ from those of an
 * uninterrupted import, or hold it twice.
 */
export async function trustImportKills(
  kills: number,
  rows: number,
  print: (line: string) => void = () => {},
): Promise<ImportKills> {
  const folder = mkdtempSync(join(tmpdir(), 'kuoyou-import-kills-'))
  chmodSync(folder, 0o711)
  const kept = await keepEmbeddedServer(join(folder, 'db'))
  const server = openDatabase(kept.connection, 1)
  const world = {
    connection: kept.connection,
    pidFile: join(folder, 'db/cluster/postmaster.pid'),
    data: join(folder, 'data'),
  }
  try {
    const csv = await mould(server, world.connection, rows)
    const whole = await trial(server, { ...world, csv }, 'whole', 0)
    for (let kill = 1; kill <= kills; kill += 1) {
      // Its very last step says that it is over.
      const step = Math.max(1, Math.round((kill * (whole.steps - 1)) / kills))
      const seen = await trial(server, { ...world, csv }, `killed_${kill}`, step)
      assert.ok(seen.killed, `step ${step} was never reached`)
      assert.equal(seen.hash, whole.hash, `killed at step ${step}: other books`)
    }
    print(
      `D2 导入写入时数据库遭 ${kills} 次 kill -9（一次导入 ${whole.steps} 步，各杀在不同步）：任务自行接着办完，台账与未中断的一次逐字节相同`,
    )
    return { kills, steps: whole.steps }
  } finally {
    await server.close()
    await kept.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A loaded hamlet that is copied for every trial; returns the file to import. */
async function mould(server: Database, connection: pg.PoolConfig, rows: number): Promise<Buffer> {
  await server.pool.query("create database mould template template0 encoding 'UTF8'")
  const db = openDatabase({ ...connection, database: 'mould' }, 4)
  try {
    await migrate(db.pool, migrationFolders)
    const city = buildCity({ size: 'hamlet', seed: 20_240_822 })
    await loadCity(db, city)
    const { cityId } = city
    await writeSite(db.pool, { cityId, planLayer: 'pingdingshan', synthetic: true, size: 'hamlet' })
    return await birthsOf({ db }, rows)
  } finally {
    await db.close()
  }
}

async function trial(
  server: Database,
  { connection, pidFile, csv, data }: World,
  name: string,
  killAt: number,
): Promise<{ steps: number; killed: boolean; hash: string }> {
  await patiently(() => server.pool.query(`create database ${name} template mould`))
  const db = openDatabase({ ...connection, database: name }, 6)
  const books = (await booksOf({ db }, data)) as Books
  let steps = 0
  let applying = false
  let killed: number | undefined
  const worker = workOnJobs(books, {
    onStep: () => {
      if (!applying) return
      steps += 1
      if (steps === killAt) killed ??= killDatabase(pidFile, killAt % 2 === 1)
    },
  })
  try {
    const taken = await takeUpload(books, importer, 'births', { fileName: '出生.csv', bytes: csv })
    if (!taken.ok) throw new Error(taken.refusal.text)
    const { importId, jobId } = taken.value
    await over(books, jobId)
    applying = true
    const writing = await books.db.transaction({ counties: [] }, (tx) =>
      startApplying(tx, importer, { importId, fileName: '出生.csv' }, { decision, today: '2024-10-01' }),
    )
    await over(books, writing)
    // What is looked at is what the database that came back holds.
    await patiently(async () => assert.ok(![killed, 0].includes(postmasterIn(pidFile))))
    const { rows } = await patiently(() =>
      db.pool.query('select count(*)::int as count from exchange.receipt'),
    )
    assert.equal(rows[0].count, 1, 'imported once')
    const hash = await patiently(() => hashOfBooks(db.pool))
    return { steps, killed: killed !== undefined, hash }
  } finally {
    await worker.stop(0)
    await db.close()
  }
}

/** However often the database is away meanwhile. */
async function over(books: Books, jobId: string): Promise<void> {
  for (const end = Date.now() + 180_000; Date.now() < end; await wait(50)) {
    const job = await books.jobs.find(jobId, importer.account).catch(() => undefined)
    if (job?.state === 'done' && !(job.result as { refusal?: unknown }).refusal) return
    if (job?.finishedAt) throw new Error(`import ${job.state}: ${JSON.stringify([job.problem, job.result])}`)
  }
  throw new Error('the import did not end within three minutes')
}

async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (const end = Date.now() + 60_000; ; await wait(200))
    try {
      return await ask()
    } catch (error) {
      if (Date.now() > end) throw error
    }
}
