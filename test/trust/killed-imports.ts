import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { booksOf } from '../../src/app/open-site.ts'
import { workOnJobs } from '../../src/app/work-on-jobs.ts'
import { buildCity } from '../../src/demo/build-city.ts'
import { loadCity } from '../../src/demo/load-city.ts'
import { startApplying } from '../../src/features/exchange/import/import-jobs.ts'
import { takeUpload } from '../../src/features/exchange/import/take-upload.ts'
import { openDatabase, openService } from '../../src/platform/db/open-database.ts'
import type { Worker } from '../../src/platform/jobs/start-worker.ts'
import type { Books } from '../../src/records/books.ts'
import { writeSite } from '../../src/records/registry/site.ts'
import { databaseForTests, type TestDatabase } from '../house/database-for-tests.ts'
import { type Eye, hashOfBooks, watchBooks } from './watch-books.ts'

const yexian = 410_422
export const importer = { account: '叶县', name: '叶县教体局', role: 'county-officer', counties: [yexian] }
export const decision = {
  docNumber: '测〔1〕号',
  decidedOn: '2024-08-30',
  onlyGood: false,
  acceptCorrections: true,
  reason: '试验',
}

/** What killing the worker of one import came to. */
export interface KilledImport {
  readonly step: number
  readonly killed: boolean
  /** From the death of the process to the moment another takes the job up; undefined when nothing was left to do. */
  readonly resumedMs: number | undefined
  readonly hash: string
  /** States of the books that were neither before nor after the import. */
  readonly halfSeen: number
  readonly looks: number
}

/** A loaded hamlet that is copied for every trial, so that each begins from the same books. */
export interface Mould {
  readonly csv: Buffer
  readonly data: string
  /** Runs one import with the worker killed at the step; 0 kills nobody. */
  trial(step: number): Promise<KilledImport & { readonly steps: number }>
  close(): Promise<void>
}

/** 铸模 — the hamlet, and a file of births: new figures, and corrections of what the books hold. */
export async function mouldOfHamlet(rows: number): Promise<Mould> {
  const database = await databaseForTests()
  const data = mkdtempSync(join(tmpdir(), 'kuoyou-killed-'))
  const city = buildCity({ size: 'hamlet', seed: 20_240_822 })
  await loadCity(database.db, city)
  await writeSite(database.db.pool, {
    cityId: city.cityId,
    planLayer: 'pingdingshan',
    synthetic: true,
    size: 'hamlet',
  })
  const csv = await birthsOf(database, rows)
  let made = 0
  return {
    csv,
    data,
    trial: (step) => trial(database, { name: `killed_${process.pid}_${++made}`, csv, data, step }),
    close: async () => {
      await database.close()
      rmSync(data, { recursive: true, force: true })
    },
  }
}

/** A file of births: new figures, and corrections of what the books hold. */
export async function birthsOf({ db }: Pick<TestDatabase, 'db'>, rows: number): Promise<Buffer> {
  const known = await db.pool.query(
    `select distinct on (b.unit_id, year, vintage) u.code, year, births + 1 as births, vintage from registry.birth b
       join registry.unit u using (county_id, unit_id)
      where b.county_id = $1 and b.known_to = 'infinity' order by b.unit_id, year, vintage limit 20`,
    [yexian],
  )
  const units = await db.pool.query(
    'select distinct code from registry.unit where county_id = $1 and length(code) < 13 order by code',
    [yexian],
  )
  const lines = known.rows.map(({ code, year, births, vintage }) =>
    [code, year, births, vintage, '更正'].join(),
  )
  for (let day = 0; lines.length < rows; day++)
    for (const { code } of units.rows)
      for (let year = 2004; year < 2024 && lines.length < rows; year++)
        lines.push([code, year, (day + year) % 90, dayText(day), '测试'].join())
  return Buffer.from(`单位代码,年份,出生人数,发布日期,数据来源\n${lines.join('\n')}\n`)
}

function dayText(day: number): string {
  return new Date(Date.UTC(2024, 2, 1 + day)).toISOString().slice(0, 10)
}

interface Trial {
  readonly name: string
  readonly csv: Buffer
  readonly data: string
  readonly step: number
}

/** Copies of one mould are made one after the other: the database refuses to copy what someone else is copying. */
let copying: Promise<unknown> = Promise.resolve()

async function trial(mould: TestDatabase, wanted: Trial): Promise<KilledImport & { steps: number }> {
  const server = { ...mould.connection, database: 'postgres' }
  copying = copying.then(() => copyDatabase(mould, wanted.name))
  await copying
  const connection = { ...mould.connection, database: wanted.name }
  const db = openService(connection, 6)
  const owner = openDatabase(connection, 2)
  let eye: Eye | undefined
  let heir: Worker | undefined
  let first: Dying | undefined
  let takenOver: Promise<void> | undefined
  try {
    const books = (await booksOf({ db }, wanted.data)) as Books
    first = startDying(mould, wanted)
    await first.ready
    eye = watchBooks(owner.pool)
    let resumedMs: number | undefined
    takenOver = first.over.then(() => {
      if (!first?.died()) return
      const died = performance.now()
      heir = workOnJobs(books, {
        onStep: (step) => {
          if (step === 'claimed') resumedMs ??= performance.now() - died
        },
      })
    })
    await importOnce(books, owner.pool, wanted.csv)
    // The last step lies a moment after the commit.
    await Promise.race([first.over, wait(wanted.step > 0 ? 2_000 : 50)])
    const killed = first.died()
    const steps = first.steps()
    first.end()
    await takenOver
    const { halfSeen, looks } = await eye.close()
    const hash = await hashOfBooks(owner.pool)
    return {
      step: wanted.step,
      killed,
      resumedMs: killed ? resumedMs : undefined,
      hash,
      halfSeen,
      looks,
      steps,
    }
  } finally {
    first?.end()
    await takenOver
    await heir?.stop(0)
    await eye?.close()
    await Promise.all([db.close(), owner.close()])
    await asOwner(server, `drop database ${wanted.name} with (force)`)
  }
}

async function copyDatabase(mould: TestDatabase, name: string): Promise<void> {
  const server = { ...mould.connection, database: 'postgres' }
  await asOwner(
    server,
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${mould.connection.database}'`,
  )
  await asOwner(server, `create database ${name} template ${mould.connection.database}`)
}

async function asOwner(connection: pg.ClientConfig, statement: string): Promise<void> {
  const client = new pg.Client(connection)
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

/** Uploads, waits until it is judged, confirms, waits until it is written: as the page does. */
async function importOnce(books: Books, owner: pg.Pool, csv: Buffer): Promise<void> {
  const taken = await takeUpload(books, importer, 'births', { fileName: '出生.csv', bytes: csv })
  if (!taken.ok) throw new Error(taken.refusal.text)
  const { importId, jobId } = taken.value
  await jobDone(books, owner, jobId)
  const writing = await books.db.transaction({ counties: [] }, (tx) =>
    startApplying(tx, importer, { importId, fileName: '出生.csv' }, { decision, today: '2024-10-01' }),
  )
  await jobDone(books, owner, writing)
}

async function jobDone(books: Books, owner: pg.Pool, jobId: string): Promise<void> {
  for (const end = Date.now() + 120_000; Date.now() < end; await wait(40)) {
    const job = await books.jobs.find(jobId, importer.account)
    if (job?.state === 'done' && !(job.result as { refusal?: unknown }).refusal) return
    if (job?.finishedAt) {
      const found = await owner.query('select text from exchange.finding limit 3')
      throw new Error(`import ${job.state}: ${JSON.stringify([job.problem, job.result, found.rows])}`)
    }
  }
  throw new Error('the import did not end within two minutes')
}

interface Dying {
  readonly ready: Promise<void>
  readonly over: Promise<void>
  died(): boolean
  /** Steps until its last job was done. */
  steps(): number
  end(): void
}

function startDying(mould: TestDatabase, { name, data, step }: Trial): Dying {
  const { host, port, user, password } = mould.connection
  const secret = `${encodeURIComponent(String(user))}:${encodeURIComponent(String(password ?? ''))}`
  const url = `postgres://${secret}@localhost:${port ?? 5432}/${name}?host=${encodeURIComponent(String(host))}`
  const program = fileURLToPath(new URL('./worker-that-dies.ts', import.meta.url))
  const child: ChildProcess = spawn(process.execPath, [program, String(step)], {
    env: { ...process.env, DATABASE_URL: url, KUOYOU_DATA: data },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let told = ''
  const over = new Promise<void>((resolve) => child.on('exit', () => resolve()))
  const ready = new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (piece) => {
      told += piece
      if (told.includes('ready')) resolve()
    })
    child.on('exit', () => reject(new Error(`the worker ended before it was ready: ${told}`)))
  })
  let ended = false
  return {
    ready,
    over,
    died: () => !ended && child.signalCode === 'SIGKILL',
    steps: () => Math.max(0, ...[...told.matchAll(/done after (\d+)/g)].map(([, count]) => Number(count))),
    end: () => {
      ended = true
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
    },
  }
}
