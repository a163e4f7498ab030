import type { Database } from '../../platform/db/open-database.ts'

/** 保管 — the same database for the book's own upkeep: sealing anew and erasing reach every row of the counties, sealed conditions too. */
export function forUpkeep(db: Database): Database {
  return { ...db, transaction: (scope, work) => db.transaction({ ...scope, upkeep: true }, work) }
}
