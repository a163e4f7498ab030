import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chownSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { Fault } from '../../kernel/fault.ts'
import { databasePrograms } from './database-programs.ts'
import { closedParent, isWritable, nobody, runsAsRoot } from './traversable-place.ts'

/** 运行参数 — settings of a server's run beyond its usual ones, such as where it archives. */
export type ServerSettings = Readonly<Record<string, string>>

/** 内置数据库 — a running PostgreSQL of ours and how to reach it. */
export interface EmbeddedServer {
  readonly connection: pg.ClientConfig
  /** True when it was already running (left over by a killed copy) and was taken over. */
  readonly adopted: boolean
  /** False once the process is gone, for whatever reason. */
  isAlive(): boolean
  stop(): Promise<void>
}

interface Place {
  readonly cluster: string
  readonly sockets: string
  readonly password: string
  readonly log: string
}

/**
 * 启动内置数据库 — prepares the cluster on first use, starts it, or takes over one that still runs.
 *
 * Reached by a Unix socket in a folder only this user may enter, never by the network. Checksums on,
 * fsync on. A postmaster that outlived a killed platform is adopted, not fought. `programs` names
 * another PostgreSQL's folder (with `bin` under it) to run instead of the one that comes along; `settings` hold for a
 * server that is started here, not for one that already runs.
 */
export async function startEmbeddedServer(
  folder: string,
  programs = databasePrograms(),
  settings: ServerSettings = {},
): Promise<EmbeddedServer> {
  prepareFolder(folder)
  const place = placeIn(folder)
  if (!existsSync(place.cluster)) createCluster(programs, place)
  const connection = connectionTo(place)
  const adopted = livePostmaster(place) !== undefined
  const start = () => launch(programs, place, settings)
  if (!adopted) start()
  await untilReady(connection, start, place)
  return serverAt(place, connection, adopted)
}

/**
 * 恢复运行 — starts a cluster that was laid down from an archive and waits until it has taken in all it shall and writes.
 *
 * However long that takes; when it gives up instead, the end of its log says why.
 */
export async function recoverEmbeddedServer(
  folder: string,
  settings: ServerSettings,
  programs = databasePrograms(),
): Promise<EmbeddedServer> {
  prepareFolder(folder)
  const place = placeIn(folder)
  const connection = connectionTo(place)
  const child = launch(programs, place, settings)
  while (!(await hasRecovered(connection))) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Fault(`数据库没有恢复成：\n${lastLines(place.log)}`)
    await sleep(100)
  }
  return serverAt(place, connection, false)
}

async function hasRecovered(connection: pg.ClientConfig): Promise<boolean> {
  const client = new pg.Client(connection)
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query('select not pg_is_in_recovery() as done')
    return rows[0].done as boolean
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

function lastLines(log: string): string {
  return readFileSync(log, 'utf8').trimEnd().split('\n').slice(-8).join('\n')
}

function placeIn(folder: string): Place {
  return {
    cluster: join(folder, 'cluster'),
    sockets: join(folder, 'run'),
    password: join(folder, 'password'),
    log: join(folder, 'database.log'),
  }
}

function connectionTo(place: Place): pg.ClientConfig {
  const password = readFileSync(place.password, 'utf8').trim()
  return { host: place.sockets, user: 'kuoyou', password, database: 'postgres' }
}

function serverAt(place: Place, connection: pg.ClientConfig, adopted: boolean): EmbeddedServer {
  const pid = livePostmaster(place)
  return {
    connection,
    adopted,
    isAlive: () => pid !== undefined && livePostmaster(place) === pid,
    stop: () => stop(place, pid),
  }
}

/** 已有数据库 — whether a cluster was ever made in this folder. */
export function hasCluster(folder: string): boolean {
  return existsSync(join(folder, 'cluster'))
}

function prepareFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o711 })
  if (join(folder, 'run', '.s.PGSQL.5432').length > 100) {
    throw new Fault(
      `数据目录的路径太长（${folder}），数据库的本地接口放不下。请用 --data 换一个短一些的目录。`,
    )
  }
  if (!isWritable(folder))
    throw new Fault(`数据目录 ${folder} 不可写。请换一个目录（--data DIR）或改正权限。`)
  const closed = runsAsRoot() ? closedParent(folder) : undefined
  if (closed) {
    throw new Fault(
      `以 root 运行时数据库由 nobody 用户执行，但它进不了 ${closed}。请用 --data 换一个目录（如 /var/lib/kuoyou/数据），或对该目录执行 chmod o+x。`,
    )
  }
  ownFolder(join(folder, 'run'))
}

/** 数据库自己的目录 — made so that only the database's user may enter. */
export function ownFolder(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o700 })
  if (runsAsRoot()) chownSync(path, nobody, nobody)
}

const asDatabaseUser = () => (runsAsRoot() ? { uid: nobody, gid: nobody } : {})
const quietEnvironment = { ...process.env, LC_ALL: 'C', TZ: 'UTC' }

/** Made beside its place and moved there when complete: a cluster that exists is a whole one, even after a kill. */
function createCluster(programs: string, place: Place): void {
  const half = `${place.cluster}.half`
  rmSync(half, { recursive: true, force: true })
  ownFolder(half)
  writeFileSync(place.password, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 })
  if (runsAsRoot()) chownSync(place.password, nobody, nobody)
  const options = [
    ['-D', half],
    ['-U', 'kuoyou'],
    ['--pwfile', place.password],
    ['--auth', 'scram-sha-256'],
    ['--encoding', 'UTF8'],
    localeOptions(programs),
    ['--data-checksums'],
  ].flat()
  try {
    execFileSync(join(programs, 'bin/initdb'), options, {
      ...asDatabaseUser(),
      cwd: '/',
      env: quietEnvironment,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
  } catch (error) {
    const words = String((error as { stderr?: Buffer }).stderr ?? error).trim()
    throw new Fault(
      `内置数据库没有建成：${words}。请按提示处理后再启动；也可以设置 DATABASE_URL 改用现成的服务器。`,
      { cause: error },
    )
  }
  renameSync(half, place.cluster)
}

/** The built-in provider sorts alike on every system; it came with PostgreSQL 17. */
function localeOptions(programs: string): string[] {
  const version = execFileSync(join(programs, 'bin/postgres'), ['--version'], { encoding: 'utf8' })
  const major = Number(/(\d+)\./.exec(version)?.[1])
  return major >= 17
    ? ['--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8']
    : ['--locale', 'C.UTF-8']
}

function launch(programs: string, place: Place, more: ServerSettings): ChildProcess {
  const settings = {
    listen_addresses: '',
    unix_socket_directories: place.sockets,
    unix_socket_permissions: '0700',
    shared_buffers: '256MB',
    max_connections: '60',
    timezone: 'Asia/Shanghai',
    max_wal_size: '1GB',
    logging_collector: 'off',
    ...more,
  }
  const log = openSync(place.log, 'a', 0o600)
  const args = [
    '-D',
    place.cluster,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]
  const child = spawn(join(programs, 'bin/postgres'), args, {
    ...asDatabaseUser(),
    cwd: '/',
    env: quietEnvironment,
    detached: true,
    stdio: ['ignore', log, log],
  })
  child.unref()
  return child
}

/** The process id of a postmaster that runs on this cluster, if one does. */
function livePostmaster(place: Place): number | undefined {
  const file = join(place.cluster, 'postmaster.pid')
  if (!existsSync(file)) return undefined
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
  return isPostgres(pid) ? pid : undefined
}

function isPostgres(pid: number): boolean {
  try {
    // Linux tells without a program to ask, which small containers lack.
    if (existsSync('/proc/self/stat'))
      return / \(postgres\) [^Z]/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
    const state = execFileSync('ps', ['-o', 'stat=,comm=', '-p', String(pid)], { encoding: 'utf8' }).trim()
    return state.includes('postgres') && !state.startsWith('Z')
  } catch {
    return false
  }
}

/** Children of a killed server hold its memory for a moment, and a new one gives up while they do: it is launched again. */
async function untilReady(connection: pg.ClientConfig, start: () => void, place: Place): Promise<void> {
  const deadline = Date.now() + 60_000
  let launched = Date.now()
  for (;;) {
    const client = new pg.Client(connection)
    // A server that goes away between connect and end reports it a second time as an event.
    client.on('error', () => {})
    try {
      await client.connect()
      await client.end()
      return
    } catch (error) {
      if (Date.now() > deadline) {
        throw new Fault(`内置数据库 60 秒内没有就绪（${(error as Error).message}）。请看日志 ${place.log}。`)
      }
      if (Date.now() - launched > 500 && livePostmaster(place) === undefined) {
        start()
        launched = Date.now()
      }
      await sleep(30)
    }
  }
}

/** Stops the server that was started or adopted here, and no other that may have taken its place since. */
async function stop(place: Place, pid: number | undefined): Promise<void> {
  if (pid === undefined || livePostmaster(place) !== pid) return
  process.kill(pid, 'SIGINT')
  const deadline = Date.now() + 30_000
  while (livePostmaster(place) === pid) {
    if (Date.now() > deadline) throw new Fault(`内置数据库 30 秒内没有停下。请看日志 ${place.log}。`)
    await sleep(20)
  }
}
