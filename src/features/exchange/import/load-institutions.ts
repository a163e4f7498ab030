import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/transaction-client.ts'
import { datedColumns } from '../../../records/registry/entry-columns.ts'
import { type Institution, institutionFields } from '../../../records/registry/institution.ts'
import { type Premises, premisesFields } from '../../../records/registry/premises.ts'
import { type KnownBooks, premisesKey } from '../judge/known-books.ts'

/** 机构历次情况 — every version of every institution in scope, oldest first, and who bears or bore each code. */
export async function loadInstitutions(
  tx: Tx,
): Promise<Pick<KnownBooks, 'institutions' | 'institutionByCode'>> {
  const { rows } = await sql<Institution>`
    select ${datedColumns(institutionFields)} from book.institution_dates
     order by institution_id, lower(valid)`.execute(tx)
  return {
    institutions: Map.groupBy(rows, ({ institutionId }) => institutionId),
    institutionByCode: new Map(rows.map(({ code, institutionId }) => [code, institutionId])),
  }
}

/** 校舍现状 — as they stand today. */
export async function loadPremises(tx: Tx): Promise<KnownBooks['premises']> {
  const { rows } = await sql<Premises>`
    select ${datedColumns(premisesFields)} from book.premises`.execute(tx)
  return new Map(rows.map((row) => [premisesKey(row), row]))
}

/** 已用标识码 — which of these codes were ever given out anywhere in the site. */
export async function loadTakenCodes(tx: Tx, codes: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ code: string }>`
    select code from registry.institution_code where code = any(${codes}::text[])`.execute(tx)
  return new Set(rows.map(({ code }) => code))
}
