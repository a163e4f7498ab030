import { sql } from 'kysely'
import type { Tx } from '../../platform/db/transaction-client.ts'

/** 有名单的学校 — the institutions in sight with pupils in the book on the day it is read, and how many. */
export async function listSchoolsWithPupils(
  tx: Tx,
  countyId: number | undefined,
): Promise<{ countyId: number; institutionId: number; name: string; pupils: number }[]> {
  const { rows } = await sql<{ countyId: number; institutionId: number; name: string; pupils: number }>`
    select record.county_id as "countyId", record.institution_id as "institutionId",
           coalesce(institution.name, '（机构已撤销）') as name, count(*)::integer as pupils
      from people.enrolment_record as record
      left join book.institution on institution.county_id = record.county_id
       and institution.institution_id = record.institution_id
     where record.valid @> (select book.as_of())
       ${countyId === undefined ? sql`` : sql`and record.county_id = ${countyId}`}
     group by record.county_id, record.institution_id, institution.name
     order by record.county_id, institution.name`.execute(tx)
  return rows
}
