import { sql } from 'kysely'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { Vault } from '../../platform/vault/vault.ts'
import { aboutField, type PersonField } from './sealed-tables.ts'

/** 多人原文 — some fields of many people of a county in plain; the caller leaves the trace. */
export async function readFields<F extends PersonField>(
  tx: Tx,
  vault: Vault,
  countyId: number,
  personIds: readonly number[],
  fields: readonly F[],
): Promise<Map<number, Partial<Record<F, string>>>> {
  const columns = fields.map((field) => sql`${sql.ref(`${field}_sealed`)} as ${sql.ref(field)}`)
  const { rows } = await sql<{ personId: number; salt: Buffer } & Record<F, Buffer | null>>`
    select person_id as "personId", salt, ${sql.join(columns)}
      from people.person join people.subject_salt using (county_id, person_id)
     where county_id = ${countyId} and person_id = any (${personIds}::bigint[])`.execute(tx)
  const found = new Map<number, Partial<Record<F, string>>>()
  for (const row of rows) {
    const plain: Partial<Record<F, string>> = {}
    for (const field of fields) {
      const sealed = row[field]
      if (sealed) plain[field] = await vault.open(sealed, aboutField(field, countyId, row.personId, row.salt))
    }
    found.set(row.personId, plain)
  }
  return found
}
