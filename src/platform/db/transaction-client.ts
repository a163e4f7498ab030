import type { Kysely } from 'kysely'
import type pg from 'pg'

/** 事务 — a transaction's query builder; every statement of it runs on one connection. */
export type Tx = Kysely<Record<string, never>>

const clients = new WeakMap<Tx, pg.PoolClient>()

/** Remembers which connection a transaction runs on, for bulk loading. */
export function setClientOf(tx: Tx, client: pg.PoolClient): void {
  clients.set(tx, client)
}

/** 事务连接 — the connection under a transaction. */
export function clientOf(tx: Tx): pg.PoolClient {
  const client = clients.get(tx)
  if (!client) throw new Error('not a transaction of this database: open one with database.transaction')
  return client
}
