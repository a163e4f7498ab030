import { sql } from 'kysely'
import { Fault } from '../../kernel/fault.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { type Institution, institutionFields } from './institution.ts'
import { nameInitials } from './name-initials.ts'
import { validity, type WriteOptions, writeEntries } from './write-entries.ts'

const derived = {
  ...validity,
  initials: (institution: Institution) => nameInitials(institution.name),
}

/**
 * 登记机构 — appends institutions as they stand over a range of days, and enters their codes in the book of codes.
 *
 * A code that was ever another institution's is a fault here: the acts and the import refuse it before.
 */
export async function writeInstitutions(
  tx: Tx,
  actId: number,
  rows: readonly Institution[],
  options?: WriteOptions,
): Promise<void> {
  await enterCodes(tx, rows)
  await writeEntries(tx, actId, 'registry.institution', institutionFields, derived, rows, options)
}

async function enterCodes(tx: Tx, rows: readonly Institution[]): Promise<void> {
  const given = JSON.stringify(rows.map((row) => ({ code: row.code, id: row.institutionId })))
  await sql`
    insert into registry.institution_code (code, institution_id)
    select code, id from jsonb_to_recordset(${given}::jsonb) as given (code text, id bigint)
    on conflict (code) do nothing`.execute(tx)
  const taken = await sql<{ code: string }>`
    select code from jsonb_to_recordset(${given}::jsonb) as given (code text, id bigint)
      join registry.institution_code using (code) where institution_id <> id limit 1`.execute(tx)
  if (taken.rows[0])
    throw new Fault(`code ${taken.rows[0].code} belongs to another institution: refuse it first`)
}
