import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/transaction-client.ts'
import { datedColumns } from '../entry-columns.ts'
import { type Institution, institutionFields } from '../institution.ts'
import { type Unit, unitFields } from '../unit.ts'

/** 当日在办 — the institution as it stands on a day in a county's book, the day possibly ahead; undefined when it does not. */
export async function institutionOn(
  tx: Tx,
  countyId: number,
  institutionId: number,
  day: string,
): Promise<Institution | undefined> {
  const { rows } = await sql<Institution>`
    select ${datedColumns(institutionFields)} from book.institution_dates
     where county_id = ${countyId} and institution_id = ${institutionId} and valid @> ${day}::date`.execute(
    tx,
  )
  return rows[0]
}

/** 当日存在 — the unit as it stands on a day in a county's book; undefined when it does not. */
export async function unitOn(
  tx: Tx,
  countyId: number,
  unitId: number,
  day: string,
): Promise<Unit | undefined> {
  const { rows } = await sql<Unit>`
    select ${datedColumns(unitFields)} from book.unit_dates
     where county_id = ${countyId} and unit_id = ${unitId} and valid @> ${day}::date`.execute(tx)
  return rows[0]
}

/** 标识码是否已用 — was this code, or this identity, ever given to another institution of the site? */
export async function isCodeTaken(tx: Tx, code: string, institutionId: number): Promise<boolean> {
  const { rows } = await sql`
    select 1 from registry.institution_code where code = ${code} and institution_id <> ${institutionId}`.execute(
    tx,
  )
  return rows.length > 0
}
