import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { setClientOf, type Tx } from './transaction-client.ts'

/**
 * 可见范围 — what a transaction may see: county ids, and optionally the day and the moment the books are read as of.
 *
 * An empty list of counties sees nothing.
 */
export interface Scope {
  readonly counties: readonly number[]
  /** ISO date; today when absent. */
  readonly asOf?: string
  /** Timestamp text as PostgreSQL wrote it (keeps microseconds); now when absent. */
  readonly knownAt?: string
}

/** 数据库 — connections to one PostgreSQL, embedded or a server, with the same code path. */
export interface Database {
  readonly pool: pg.Pool
  /** Runs `work` as the application's role within `scope`; commits on return, rolls back when it throws. */
  transaction<T>(scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T>
  close(): Promise<void>
}

// Dates stay dates and moments keep their microseconds: both come as PostgreSQL's own text.
for (const type of [pg.types.builtins.DATE, pg.types.builtins.TIMESTAMPTZ])
  pg.types.setTypeParser(type, (text) => text)
for (const type of [pg.types.builtins.INT8, pg.types.builtins.NUMERIC]) pg.types.setTypeParser(type, Number)

/** 打开数据库 — a pool of at most `connections` connections. */
export function openDatabase(connection: pg.PoolConfig, connections = 20): Database {
  const pool = new pg.Pool({ ...connection, max: connections })
  // An idle connection that the server closes is replaced on next use; nothing else to do.
  pool.on('error', () => {})
  return {
    pool,
    transaction: (scope, work) => inTransaction(pool, scope, work),
    close: () => pool.end(),
  }
}

async function inTransaction<T>(pool: pg.Pool, scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    await client.query(opening(client, scope))
    const value = await work(kyselyOver(client))
    await client.query('commit')
    return value
  } catch (error) {
    await client.query('rollback').catch((lost: Error) => {
      broken = lost
    })
    throw error
  } finally {
    client.release(broken)
  }
}

/** SET LOCAL takes no parameters and set_config does not reach a distributed worker: literals, escaped by the driver. */
function opening(client: pg.PoolClient, scope: Scope): string {
  const literal = (text: string) => client.escapeLiteral(text)
  return [
    'begin',
    'set local role kuoyou_app',
    `set local app.counties = ${literal(scope.counties.map(Number).join(','))}`,
    `set local app.as_of = ${literal(scope.asOf ?? '')}`,
    `set local app.known_at = ${literal(scope.knownAt ?? '')}`,
  ].join('; ')
}

function kyselyOver(client: pg.PoolClient): Tx {
  const borrowed = {
    connect: async () => ({
      query: client.query.bind(client),
      release: () => {},
    }),
    end: async () => {},
  }
  const tx: Tx = new Kysely({ dialect: new PostgresDialect({ pool: borrowed as never }) })
  setClientOf(tx, client)
  return tx
}
