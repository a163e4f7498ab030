import { AsyncLocalStorage } from 'node:async_hooks'
import type pg from 'pg'
import { within } from '../db/limited-database.ts'
import type { Database } from '../db/open-database.ts'
import { overClient } from '../db/over-client.ts'
import type { Scope } from '../db/scope.ts'
import { settingsOf } from '../db/settings-of.ts'
import type { Tx } from '../db/transaction-client.ts'

/** 请求的数据库 — one request's own view of the database; nothing it writes stands before `commit`. */
export interface RequestDatabase {
  readonly db: Database
  /** The transaction's connection, opened when it is not yet: for what must stand or fall with the act. */
  client(): Promise<pg.PoolClient>
  commit(): Promise<void>
  rollback(): Promise<void>
}

/**
 * 一次请求一个事务 — every transaction a handler asks for runs in the same one, which the server ends when the answer is known.
 *
 * `limits` is the visitor's own scope: whatever scope a handler asks for, it never reaches further. Transactions asked
 * for side by side run one after the other.
 */
export function requestDatabase(database: Database, limits: Scope): RequestDatabase {
  let opening: Promise<pg.PoolClient> | undefined
  let turn: Promise<unknown> = Promise.resolve()
  let over = false
  const client = () => {
    opening ??= begin(database, limits)
    return opening
  }
  const run = partRunner(client, limits)
  const end = async (statement: 'commit' | 'rollback') => {
    if (over) return
    over = true
    const connection = await opening?.catch(() => undefined)
    if (connection) await finish(connection, statement)
  }
  return {
    client,
    commit: () => end('commit'),
    rollback: () => end('rollback'),
    db: {
      ...database,
      transaction: (scope, work) => {
        if (over) return database.transaction(within(limits, scope), work)
        // A part asked for inside a part does not wait for it.
        const outer = partAround.getStore()
        if (outer) return run(scope, work, outer)
        const next = turn.then(() => run(scope, work))
        turn = next.catch(() => {})
        return next
      },
    },
  }
}

async function begin(database: Database, limits: Scope): Promise<pg.PoolClient> {
  const connection = await database.connect()
  try {
    await connection.query(`begin; ${settingsOf(connection, limits)}`)
    return connection
  } catch (error) {
    // The database went away in this moment: the pool must have its place back.
    connection.release(error as Error)
    throw error
  }
}

/** The scope of the part that runs around this one. */
const partAround = new AsyncLocalStorage<Scope>()

type Run = <T>(scope: Scope, work: (tx: Tx) => Promise<T>, outer?: Scope) => Promise<T>

/** Runs parts of the transaction, each under its own scope; what a part that failed wrote is gone, as it would be on its own. */
function partRunner(client: () => Promise<pg.PoolClient>, limits: Scope): Run {
  let parts = 0
  return async (asked, work, outer) => {
    const connection = await client()
    const part = `part_${parts}`
    const moment = parts > 0 && !asked.knownAt ? { knownAt: await clock(connection) } : {}
    parts += 1
    const scope = { ...within(limits, asked), ...moment }
    await connection.query(`savepoint ${part}; ${settingsOf(connection, scope)}`)
    try {
      const value = await partAround.run(scope, () => work(overClient(connection)))
      if (outer) await connection.query(settingsOf(connection, outer))
      return value
    } catch (error) {
      await connection.query(`rollback to savepoint ${part}`)
      throw error
    }
  }
}

/** A connection that could not end its transaction is thrown away. */
async function finish(connection: pg.PoolClient, statement: 'commit' | 'rollback'): Promise<void> {
  const lost = await connection.query(statement).then(
    () => undefined,
    (error: Error) => error,
  )
  connection.release(lost)
  if (lost && statement === 'commit') throw lost
}

/** A later part reads what an earlier one wrote: the transaction's own start would be too early a moment. */
async function clock(connection: pg.PoolClient): Promise<string> {
  const { rows } = await connection.query<{ moment: string }>('select clock_timestamp() as moment')
  return rows[0]!.moment
}
