import { sql } from 'kysely'
import type { Answers } from '../../kernel/filed-answers.ts'
import type { SchoolYear } from '../../kernel/school-year.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { OneSubject } from './subject.ts'

/** 他表入账值 — what one return of a subject said when it was last approved. */
export interface LastApproved {
  readonly subject: string
  readonly formId: string
  readonly period: string
  readonly answers: Answers
}

/**
 * 取他表入账值 — of these forms the last approved filing of every subject in sight, of a school year or the one before it.
 * One subject narrows it.
 */
export async function readLastApproved(
  tx: Tx,
  formIds: readonly string[],
  year: SchoolYear,
  one?: OneSubject,
): Promise<LastApproved[]> {
  if (formIds.length === 0) return []
  const only = one ? sql`and county_id = ${one.countyId} and subject_id = ${one.id}` : sql``
  const { rows } = await sql<LastApproved>`
    select distinct on (county_id, form_id, subject_id)
           county_id || ' ' || subject_id as subject, form_id as "formId", period, answers
      from book.filed_dates
     where form_id = any (${formIds}::text[]) and line = 0
       and left(period, 4) in (${String(year)}, ${String(year - 1)}) ${only}
     order by county_id, form_id, subject_id, period desc`.execute(tx)
  return rows
}
