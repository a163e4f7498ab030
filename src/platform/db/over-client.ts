import { Kysely, PostgresDialect } from 'kysely'
import type pg from 'pg'
import { setClientOf, type Tx } from './transaction-client.ts'

/** 事务上的查询 — a query builder whose every statement runs on this one connection. */
export function overClient(client: pg.PoolClient): Tx {
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
