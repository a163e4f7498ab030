import { AsyncLocalStorage } from 'node:async_hooks'
import type pg from 'pg'
import { within } from '../db/limited-database.ts'
import type { Database, Queryable } from '../db/open-database.ts'
import { overClient } from '../db/over-client.ts'
import { platformRole, roomRole } from '../db/roles.ts'
import type { Scope } from '../db/scope.ts'
import { settingsOf } from '../db/settings-of.ts'
import type { Tx } from '../db/transaction-client.ts'

/** 请求的数据库 — one request's own view of the database; nothing it writes stands before `commit`, but through `db.pool`. */
export interface RequestDatabase {
  readonly db: Database
  /** The transaction's connection, opened when it is not yet: for what must stand or fall with the act. */
  client(): Promise<pg.PoolClient>
  commit(): Promise<void>
  rollback(): Promise<void>
}

/**
 * 一次请求一个事务 — every transaction a handler asks for, and every statement on the platform's own tables, runs in the
 * same one, which the server ends when the answer is known.
 *
 * `limits` is the visitor's own scope: whatever scope a handler asks for, it never reaches further. Transactions asked
 * for side by side run one after the other.
 */
export function requestDatabase(database: Database, limits: Scope): RequestDatabase {
  let opening: Promise<pg.PoolClient> | undefined
  let turn: Promise<unknown> = Promise.resolve()
  let over = false
  const opened = () => {
    opening ??= begin(database, limits)
    return opening
  }
  const parts = partRunner(opened, limits)
  const inTurn = <T>(run: (outer: Settings | undefined) => Promise<T>): Promise<T> => {
    // A part asked for inside a part does not wait for it.
    const outer = partAround.getStore()
    if (outer) return run(outer)
    const next = turn.then(() => run(undefined))
    turn = next.catch(() => {})
    return next
  }
  const own = (...asked: unknown[]) =>
    over ? ask(database.own, asked) : inTurn((outer) => parts.own((client) => ask(client, asked), outer))
  const end = async (statement: 'commit' | 'rollback') => {
    if (over) return
    over = true
    const connection = await opening?.catch(() => undefined)
    if (connection) await finish(connection, statement)
  }
  return {
    client: parts.backInRoom,
    commit: () => end('commit'),
    rollback: () => end('rollback'),
    db: {
      ...database,
      acting: true,
      own: { query: own } as Queryable,
      transaction: (scope, work) =>
        over
          ? database.transaction(within(limits, scope), work)
          : inTurn((outer) => parts.room(scope, work, outer)),
    },
  }
}

/** The driver's `query` has many forms: whichever was used is handed on as it is. */
function ask(on: Queryable, asked: readonly unknown[]): Promise<unknown> {
  return (on.query as (...asked: unknown[]) => Promise<unknown>)(...asked)
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

/** Statements that put the transaction under a role and a scope. */
type Settings = string

/** The settings of the part that runs around this one. */
const partAround = new AsyncLocalStorage<Settings>()

const asPlatform: Settings = `set local role ${platformRole}`

/** Runs parts of the transaction, each under its own settings; what a part that failed wrote is gone, as it would be on its own. */
function partRunner(opened: () => Promise<pg.PoolClient>, limits: Scope) {
  let count = 0
  let last: Settings | undefined
  const run = async <T>(
    settings: Settings,
    work: (client: pg.PoolClient) => Promise<T>,
    outer: Settings | undefined,
  ): Promise<T> => {
    const connection = await opened()
    const before = last
    const part = `part_${count}`
    count += 1
    await connection.query(`savepoint ${part}; ${settings}`)
    try {
      const value = await partAround.run(settings, () => work(connection))
      if (outer !== undefined) await connection.query(outer)
      last = outer ?? settings
      return value
    } catch (error) {
      await connection.query(`rollback to savepoint ${part}`)
      // The role is again the one before this part, also where a part inside it had ended well.
      last = before
      throw error
    }
  }
  return {
    async room<T>(asked: Scope, work: (tx: Tx) => Promise<T>, outer: Settings | undefined): Promise<T> {
      const connection = await opened()
      const moment = count > 0 && !asked.knownAt ? { knownAt: await clock(connection) } : {}
      const settings = settingsOf(connection, { ...within(limits, asked), ...moment })
      return run(settings, (client) => work(overClient(client)), outer)
    },
    own: <T>(work: (client: pg.PoolClient) => Promise<T>, outer: Settings | undefined) =>
      run(asPlatform, work, outer),
    async backInRoom(): Promise<pg.PoolClient> {
      const connection = await opened()
      if (last === asPlatform) await connection.query(`set local role ${roomRole}`)
      return connection
    },
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
