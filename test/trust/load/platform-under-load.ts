import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { root } from '../../../src/app/data-folder.ts'
import { startEmbeddedServer } from '../../../src/platform/db/embedded-server.ts'
import { type Database, openDatabase } from '../../../src/platform/db/open-database.ts'
import { endProcess, freePort } from '../../journeys/platform-for-journeys.ts'
import { provideServer15 } from '../../tools/server-15.ts'

/** 受压的平台 — started as a site starts it, in a process of its own, and its database as seen by the owner. */
export interface PlatformUnderLoad {
  readonly address: string
  readonly owner: Database
  /** The database's address, for a driver of one's own. */
  readonly url: string
  /** Its data folder, where its keys are. */
  readonly data: string
  /** Lines of its log that tell of a fault. */
  faults(): string[]
  close(): Promise<void>
}

/**
 * 起平台 — a demonstration site on the server named by DATABASE_URL or KUOYOU_TEST_DATABASE, in a database of its own
 * there, else on a PostgreSQL 15 started for this run; in production mode, on loopback.
 *
 * KUOYOU_LOAD_PROFILE names a folder into which the platform writes a processor profile when it ends.
 */
export async function platformUnderLoad(size: 'hamlet' | 'city'): Promise<PlatformUnderLoad> {
  const folder = mkdtempSync(join(tmpdir(), 'kuoyou-load-'))
  // The database's own user must be able to walk in.
  chmodSync(folder, 0o711)
  const server = await serverFor(folder)
  const name = `kuoyou_load_${process.pid}_${Date.now().toString(36)}`
  await onServer(server.url, `create database ${name} template template0 encoding 'UTF8'`)
  const url = new URL(server.url)
  url.pathname = `/${name}`
  const log = join(folder, 'platform.log')
  const port = await freePort()
  const child = startProcess(log, url.href, [
    '--port',
    String(port),
    '--data',
    join(folder, 'data'),
    '--size',
    size,
  ])
  const owner = openDatabase({ connectionString: url.href }, 6)
  const close = async () => {
    await endProcess(child, 'SIGTERM')
    await owner.close()
    await onServer(server.url, `drop database ${name} with (force)`)
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await untilReady(child)
  } catch (error) {
    const said = readFileSync(log, 'utf8').slice(-2_000)
    await close()
    throw new Error(`the platform did not start: ${said}`, { cause: error })
  }
  return {
    address: `http://127.0.0.1:${port}`,
    owner,
    url: url.href,
    data: join(folder, 'data'),
    faults: () =>
      readFileSync(log, 'utf8')
        .split('\n')
        .filter((line) => line.includes('"msg":"fault"') || / (job|audit) /.test(line)),
    close,
  }
}

function startProcess(log: string, url: string, words: readonly string[]): ChildProcess {
  const profile = process.env.KUOYOU_LOAD_PROFILE
  const flags = profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : []
  return spawn(process.execPath, [...flags, join(root, 'src/app/cli.ts'), 'start', ...words], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production', DATABASE_URL: url },
    stdio: ['ignore', 'pipe', openSync(log, 'a')],
  })
}

function untilReady(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = ''
    child.stdout?.on('data', (text) => {
      said += text
      if (said.includes('扩优已就绪')) resolve()
    })
    child.once('exit', (code) => reject(new Error(`ended with ${code}`)))
  })
}

async function serverFor(folder: string): Promise<{ url: string; stop(): Promise<void> }> {
  const given = process.env.DATABASE_URL ?? process.env.KUOYOU_TEST_DATABASE
  if (given) return { url: given, stop: async () => {} }
  const { connection, stop } = await startEmbeddedServer(join(folder, 'db'), provideServer15())
  const { user, password, host } = connection
  return {
    url: `postgres://${user}:${encodeURIComponent(String(password))}@localhost/postgres?host=${encodeURIComponent(String(host))}`,
    stop,
  }
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(statement)
  await client.end()
}
