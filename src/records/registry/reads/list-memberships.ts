import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/transaction-client.ts'
import { datedColumns } from '../entry-columns.ts'
import { type Membership, membershipFields } from '../membership.ts'

/** 成员列表 — who belongs to which group, catchment, centre or inspection area on the day the books are read. */
export async function listMemberships(tx: Tx, tree: Membership['tree']): Promise<Membership[]> {
  const { rows } = await sql<Membership>`
    select ${datedColumns(membershipFields)} from book.membership
     where tree = ${tree} order by unit_id, institution_id`.execute(tx)
  return rows
}
