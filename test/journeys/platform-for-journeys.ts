import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { root } from '../../src/app/data-folder.ts'

/** A platform started the way a person starts it, in a process and a data folder of its own. */
export interface RunningPlatform {
  readonly address: string
  readonly folder: string
  readonly process: ChildProcess
  /** Everything it printed so far. */
  said(): string
  stop(): Promise<void>
}

/**
 * Starts the platform on a free port. With KUOYOU_TEST_DATABASE it runs on that server, in a database of its own;
 * otherwise on the embedded database in a new folder. With KUOYOU_TEST_SITE a hamlet is a copy of that folder, which was
 * started and stopped before, and need not be loaded again; `none` starts what the words alone say.
 */
export async function startPlatform(
  args: readonly string[] = [],
  site: 'hamlet' | 'none' = 'hamlet',
): Promise<RunningPlatform> {
  const folder = mkdtempSync(join(tmpdir(), 'kuoyou-journey-'))
  // The database's own user must be able to walk in.
  chmodSync(folder, 0o711)
  const server = await databaseOnServer()
  const data = join(folder, 'data')
  const words = ['--data', data, ...args]
  const mould = server ? undefined : process.env.KUOYOU_TEST_SITE
  if (site === 'hamlet' && mould) execFileSync('cp', ['-a', mould, data])
  else if (site === 'hamlet') words.push('--size', 'hamlet')
  const platform = await runPlatform(folder, words, server?.url)
  return {
    ...platform,
    folder,
    stop: async () => {
      await endProcess(platform.process, 'SIGTERM')
      await server?.drop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Starts a hamlet in this folder and stops it again: what `KUOYOU_TEST_SITE` names. */
export async function makeSite(data: string): Promise<void> {
  const platform = await runPlatform(dirname(data), ['--data', data, '--size', 'hamlet'])
  await endProcess(platform.process, 'SIGTERM')
}

/** Runs `kuoyou start` with these words and waits until it says its address, or ends. */
export async function runPlatform(
  home: string,
  args: readonly string[],
  databaseUrl?: string,
  user: { uid?: number; gid?: number } = {},
): Promise<Pick<RunningPlatform, 'address' | 'process' | 'said'>> {
  const port = args.includes('--port') ? Number(args[args.indexOf('--port') + 1]) : await freePort()
  const words = args.includes('--port') ? args : ['--port', String(port), ...args]
  const { DATABASE_URL: _, KUOYOU_DATA: __, ...environment } = process.env
  const child = spawn(process.execPath, [join(root, 'bootstrap/kuoyou.mjs'), 'start', ...words], {
    ...user,
    env: { ...environment, HOME: home, ...(databaseUrl && { DATABASE_URL: databaseUrl }) },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stdout.on('data', (text) => (said += text))
  child.stderr.on('data', (text) => (said += text))
  await new Promise<void>((resolve) => {
    child.stdout.on('data', () => said.includes('扩优已就绪') && resolve())
    child.once('exit', () => resolve())
  })
  return { address: `http://127.0.0.1:${port}`, process: child, said: () => said }
}

/** Sends a signal and waits until the process is gone. */
export async function endProcess(
  child: ChildProcess,
  signal: 'SIGTERM' | 'SIGKILL' | 'SIGINT',
): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill(signal)
  await gone
}

/** A port nobody listens on at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}

async function databaseOnServer(): Promise<{ url: string; drop(): Promise<void> } | undefined> {
  const server = process.env.KUOYOU_TEST_DATABASE
  if (!server) return undefined
  const name = `kuoyou_journey_${process.pid}_${Date.now().toString(36)}`
  const statement = async (text: string) => {
    const client = new pg.Client({ connectionString: server })
    await client.connect()
    await client.query(text)
    await client.end()
  }
  await statement(`create database ${name} template template0 encoding 'UTF8'`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return { url: url.href, drop: () => statement(`drop database ${name} with (force)`) }
}
