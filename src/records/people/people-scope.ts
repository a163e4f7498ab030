import { sql } from 'kysely'
import type { Database, Scope } from '../../platform/db/open-database.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'

/** 经办人 — who reads or writes the book of people, and for which institution if for one only. */
export interface Handler {
  readonly account: string
  readonly name: string
  readonly institutionId?: number
}

/** 人员事务 — a transaction in which the database itself shows the handler no other school's people. */
export function peopleTransaction<T>(
  db: Database,
  scope: Scope,
  handler: Handler,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  return db.transaction(scope, async (tx) => {
    const institutions = handler.institutionId === undefined ? 'all' : String(handler.institutionId)
    await sql`set local app.institutions = ${sql.lit(institutions)}`.execute(tx)
    await sql`set local app.actor = ${sql.lit(handler.account)}`.execute(tx)
    return work(tx)
  })
}

/** 保管事务 — the same database for the book's own upkeep: sealing anew and erasing reach every row of the counties. */
export function forUpkeep(db: Database): Database {
  return {
    ...db,
    transaction: (scope, work) =>
      db.transaction(scope, async (tx) => {
        await sql`set local app.institutions = 'all'`.execute(tx)
        await sql`set local app.upkeep = 'on'`.execute(tx)
        return work(tx)
      }),
  }
}
