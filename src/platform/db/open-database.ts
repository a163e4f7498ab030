import pg from 'pg'
import { overClient } from './over-client.ts'
import { platformRole } from './roles.ts'
import type { Scope } from './scope.ts'
import { settingsOf } from './settings-of.ts'
import { openSlots } from './slots.ts'
import { together } from './together.ts'
import type { Tx } from './transaction-client.ts'

/** 数据库 — connections to one PostgreSQL, embedded or a server, with the same code path. */
export interface Database {
  readonly pool: pg.Pool
  /**
   * 平台自己的表 — statements as the platform's own role: accounts, grants, tokens. In a request they run within its
   * transaction and stand or fall with its trace; elsewhere this is the pool.
   */
  readonly own: Queryable
  /**
   * A connection for a transaction. Some of the pool's are never given out this way: a transaction that needs a word
   * from the pool meanwhile (a key, a session) must not wait for others that wait for the same.
   */
  connect(): Promise<pg.PoolClient>
  /** Runs `work` as the application's role within `scope`; commits on return, rolls back when it throws. */
  transaction<T>(scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T>
  /** Set while one act is under way in one transaction: a part of it cannot be made read-only without the whole. */
  readonly acting?: true
  close(): Promise<void>
}

/** 可查询 — a pool, or one connection inside a transaction. */
export type Queryable = Pick<pg.Pool, 'query'>

// Dates stay dates and moments keep their microseconds: both come as PostgreSQL's own text.
for (const type of [pg.types.builtins.DATE, pg.types.builtins.TIMESTAMPTZ])
  pg.types.setTypeParser(type, (text) => text)
for (const type of [pg.types.builtins.INT8, pg.types.builtins.NUMERIC]) pg.types.setTypeParser(type, Number)

/**
 * 打开数据库 — a pool of at most `connections` connections.
 *
 * Outside transactions they act as `role`: the platform's own, which reaches its own tables and no book. Without one
 * they act as the schema's owner, which only set-up and upgrades may.
 */
export function openDatabase(
  connection: pg.PoolConfig,
  connections = 20,
  role: string | undefined = undefined,
): Database {
  const { options: given, ...server } = withOptionsApart(connection)
  // Moments are told on the clock of Beijing, whatever the server's own setting.
  // Compiling a statement costs seconds where its plan looks dear; none of ours runs long enough to win them back.
  const fixed = ['-c timezone=Asia/Shanghai', '-c jit=off', role && `-c role=${role}`]
  const options = [given, ...fixed].filter(Boolean).join(' ')
  // A host that is gone does not answer: ten seconds are enough to know, for a new connection and for one in the pool.
  const patience = { connectionTimeoutMillis: 10_000, keepAlive: true, keepAliveInitialDelayMillis: 10_000 }
  const pool = new pg.Pool({ ...patience, ...server, max: connections, options })
  // A connection lost while a transaction thinks between two statements says so as an event: unheard, it would end
  // the process. The next statement fails with the reason.
  pool.on('connect', (client) => client.on('error', () => {}))
  // An idle connection that the server closes is replaced on next use; nothing else to do.
  pool.on('error', () => {})
  const connect = connectorFor(pool, connections)
  return {
    pool,
    own: pool,
    connect,
    transaction: (scope, work) =>
      together(
        { connect },
        (client) => work(overClient(client)),
        (client) => `begin; ${settingsOf(client, scope)}`,
      ),
    close: () => pool.end(),
  }
}

/**
 * Options written in the URL would win over those given beside it, and the pool would act as whoever signed in:
 * they are taken out of the URL and go first, so that the role named here has the last word.
 */
function withOptionsApart({ connectionString, ...connection }: pg.PoolConfig): pg.PoolConfig {
  if (connectionString === undefined || !URL.canParse(connectionString))
    return { ...connection, ...(connectionString !== undefined && { connectionString }) }
  const url = new URL(connectionString)
  const options = [url.searchParams.get('options'), connection.options].filter(Boolean).join(' ')
  url.searchParams.delete('options')
  return { ...connection, connectionString: url.href, options }
}

/** Connections of the pool kept free of transactions. */
const keptFree = 4

function connectorFor(pool: pg.Pool, connections: number): () => Promise<pg.PoolClient> {
  const slots = openSlots(Math.max(1, connections - keptFree))
  return async () => {
    const done = await slots.take()
    const client = await pool.connect().catch((error: unknown) => {
      done()
      throw error
    })
    const release = client.release.bind(client)
    client.release = (broken) => {
      client.release = release
      release(broken)
      done()
    }
    return client
  }
}

/** 服务连接 — for answering requests and running jobs: as the platform's role, never as the owner. */
export function openService(connection: pg.PoolConfig, connections = 20): Database {
  return openDatabase(connection, connections, platformRole)
}
