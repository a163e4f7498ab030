import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { Fault } from '../kernel/fault.ts'
import { hasCluster, startEmbeddedServer } from '../platform/db/embedded-server.ts'
import { keepEmbeddedServer } from '../platform/db/keep-embedded-server.ts'
import { migrate } from '../platform/db/migrate.ts'
import { type Database, openDatabase, openService } from '../platform/db/open-database.ts'
import { serviceConnection } from '../platform/db/service-login.ts'
import { archiving } from './archive-place.ts'
import { onStopAsked } from './asked-to-stop.ts'
import { dataFolder } from './data-folder.ts'
import { migrationFolders } from './migration-folders.ts'
import { brokenOffOnRecord, closedOnRecord } from './on-record.ts'
import { refuseOpenLine } from './refuse-open-line.ts'

/** 已连数据库 — migrated and ready; `close` also stops an embedded server that this process started. */
export interface Connected {
  /** Answers requests and runs jobs, as the platform's role. */
  readonly db: Database
  /** The schema's owner: for set-up and upgrades only. */
  readonly owner: Database
  readonly embedded: boolean
  /** For what needs a connection outside the pools. */
  readonly connection: pg.ClientConfig
  close(): Promise<void>
}

/**
 * 连来做什么 — serve a site, use one that is there, work on its jobs (a use that ends in its own order), or make one
 * where there is none.
 */
export type Purpose = 'serve' | 'use' | 'work' | 'make'

/** Name of the site's database in the built-in server. */
export const siteDatabase = 'kuoyou'

const oldestServer = 150_000
const ownerConnections = 4

/**
 * 连接数据库 — the server named by DATABASE_URL, or the embedded one in the data folder; the same code from here on.
 *
 * An embedded server found running belongs to another copy and is left running, unless the caller serves: it knows
 * that copy to be dead and takes its place.
 */
export async function connect(data?: string, purpose: Purpose = 'use'): Promise<Connected> {
  const connected = await reach(data, purpose)
  try {
    await migrate(connected.owner.pool, migrationFolders)
  } catch (error) {
    await connected.close()
    throw error
  }
  return connected
}

/** 只连不升级 — the same, leaving the schema as it is: for looking, backing up, restoring and migrating by hand. */
export async function reach(data?: string, purpose: Purpose = 'use'): Promise<Connected> {
  const url = process.env.DATABASE_URL
  if (url) refuseOpenLine(url)
  // Only what sets a site up may: a mistyped folder must not become a database.
  if (!url && (purpose === 'use' || purpose === 'work') && !hasCluster(dataFolder(data)))
    throw new Fault(
      `${dataFolder(data)} 里还没有建库。请核对 --data，或先运行 npm start（演示城市）、npm start -- --empty（真实站点）。`,
    )
  const serving = purpose === 'serve'
  const open = serving ? keepEmbeddedServer : startEmbeddedServer
  const opening = url ? undefined : open(dataFolder(data), undefined, archiving(data))
  const stopServer = async () => {
    const server = await opening?.catch(() => undefined)
    if (server && (serving || !server.adopted)) await server.stop()
  }
  // Servers and workers stop in their own order; a single command has nothing to finish but must leave no database running.
  const brokenOff = brokenOffOnRecord()
  let owner: Database | undefined
  let db: Database | undefined
  const unwatch =
    serving || purpose === 'work'
      ? () => {}
      : onStopAsked(() =>
          brokenOff(owner?.pool)
            .then(stopServer)
            .finally(() => process.exit(130)),
        )
  const server = await opening
  const connection: pg.PoolConfig = server
    ? { ...server.connection, database: siteDatabase }
    : { connectionString: url as string }
  owner = openDatabase(connection, ownerConnections)
  const stop = async () => {
    // Work that was broken off may still hold a connection: the server's stop below ends it.
    await Promise.race([Promise.all([db?.close(), owner?.close()]), sleep(3_000, undefined, { ref: false })])
    await stopServer()
    unwatch()
  }
  try {
    if (server) await ensureDatabase(server.connection)
    await checkVersion(owner.pool)
    db = openService((await serviceConnection(owner.pool, connection)) ?? connection)
  } catch (error) {
    await stop()
    throw error
  }
  return closedOnRecord({ db, owner, embedded: server !== undefined, connection, close: stop })
}

async function ensureDatabase(connection: pg.ClientConfig): Promise<void> {
  const client = new pg.Client(connection)
  await client.connect()
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [siteDatabase])
    if (rowCount === 0)
      await client.query(`create database ${siteDatabase} template template0 encoding 'UTF8'`)
  } finally {
    await client.end()
  }
}

async function checkVersion(pool: pg.Pool): Promise<void> {
  const found = await pool.query('show server_version_num').catch((error: Error) => {
    throw new Fault(
      `连不上数据库：${error.message}。请检查 DATABASE_URL 的地址、库名、用户和密码，以及服务器是否在运行。`,
    )
  })
  const version = Number(found.rows[0].server_version_num)
  if (version < oldestServer) throw new Fault(`数据库版本太旧（${version}），需要 PostgreSQL 15 以上。`)
}
