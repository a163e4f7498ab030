import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/transaction-client.ts'
import { datedColumns } from '../entry-columns.ts'
import { type Premises, premisesFields } from '../premises.ts'

/** 校舍列表 — the campuses in use on the day the books are read, of some institutions or all. */
export async function listPremises(tx: Tx, institutionIds?: readonly number[]): Promise<Premises[]> {
  const { rows } = await sql<Premises>`
    select ${datedColumns(premisesFields)} from book.premises
     where ${institutionIds ?? null}::bigint[] is null or institution_id = any (${institutionIds ?? null}::bigint[])
     order by institution_id, campus_no, stage`.execute(tx)
  return rows
}
