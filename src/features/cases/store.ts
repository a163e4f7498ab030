import { sql } from 'kysely'
import type { Tx } from '../../platform/db/transaction-client.ts'

/** 案例 — one entry of the case book with where it stands. */
export interface CaseRow {
  readonly caseId: number
  readonly countyId: number
  readonly county: string
  readonly state: 'proposed' | 'accepted'
  readonly title: string | null
  readonly proposedOn: string | null
  readonly item: string | null
  readonly school: string | null
  readonly story: string | null
  readonly indicator: string | null
  readonly before: string | null
  readonly after: string | null
}

/** 列案例 — those in the book on the day it is read, and those handed in that the city has not decided on; the accepted first. */
export async function listCases(tx: Tx, caseId?: number): Promise<CaseRow[]> {
  const { rows } = await sql<CaseRow>`
    with accepted as (
      select county_id, filing_id, answers from book.filed where form_id = 'practice-case' and line = 0
    ), told as (
      select county_id, filing_id, 'accepted' as state, answers from accepted
      union all
      select filing.county_id, filing.filing_id, 'proposed', jsonb_object_agg(answer.field, answer.value)
        from returns.filing join returns.answer using (county_id, filing_id)
       where filing.form_id = 'practice-case' and filing.phase in ('submitted', 'accepted')
         and not exists (select from accepted
               where accepted.county_id = filing.county_id and accepted.filing_id = filing.filing_id)
       group by filing.county_id, filing.filing_id)
    select told.filing_id as "caseId", told.county_id as "countyId", county.name as county, told.state,
           answers->>'title' as title, answers->>'proposed-on' as "proposedOn", upper(answers->>'item') as item,
           answers->>'story' as story, answers->>'indicator' as indicator, answers->>'before' as before,
           answers->>'after' as after,
           (select name from book.institution_last as i
             where i.county_id = told.county_id and i.institution_id = (answers->>'school')::bigint) as school
      from told join registry.county on county.county_id = told.county_id
     where ${caseId ?? null}::bigint is null or told.filing_id = ${caseId ?? null}
     order by told.state, answers->>'proposed-on' desc, told.county_id, told.filing_id`.execute(tx)
  return rows
}
