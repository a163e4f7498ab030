import { sql } from 'kysely'
import type { Database } from '../../platform/db/open-database.ts'
import type { Scope } from '../../platform/db/scope.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'

/**
 * An indicator takes a tenth of a second; one that runs longer than this has lost its way, also on a machine ten times
 * slower or as busy. A city has a dozen counties: for whoever reads hundreds a statement may take as much longer.
 */
const statementSeconds = (counties: number) => Math.max(20, counties)

/**
 * 只读取数 — runs `work` over the books within a scope; nothing can be written, and no statement may run on for ever.
 * Within an act, which is one transaction, the writing of its other parts stays possible.
 *
 * Indicators join whole books of a year. The planner knows little of what the views let through and would
 * take a nested loop or a merge by county for cheap, which on a city is a hundred times slower: it is held to hash joins.
 */
export function readBooks<T>(db: Database, scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T> {
  return db.transaction(scope, async (tx) => {
    if (!db.acting) await sql`set transaction read only`.execute(tx)
    await sql`set local statement_timeout = ${sql.lit(`${statementSeconds(scope.counties.length)}s`)}`.execute(
      tx,
    )
    await sql`set local enable_nestloop = off; set local enable_mergejoin = off`.execute(tx)
    return work(tx)
  })
}

/** 照常规划 — what follows in this transaction joins single rows, not whole books: the planner may take any way again. */
export async function planAsUsual(tx: Tx): Promise<void> {
  await sql`set local enable_nestloop = on; set local enable_mergejoin = on`.execute(tx)
}

/** 口径 — the day and the moment at which this transaction reads the books. */
export async function readMoment(tx: Tx): Promise<{ asOf: string; knownAt: string }> {
  const { rows } = await sql<{ asOf: string; knownAt: string }>`
    select book.as_of() as "asOf", book.known_at() as "knownAt"`.execute(tx)
  return rows[0]!
}
