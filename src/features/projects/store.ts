import { sql } from 'kysely'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { Project } from './rules.ts'

/** 列项目 — the entries of the project book in sight that hold on the day the books are read, by county and name. */
export async function listProjects(tx: Tx): Promise<Project[]> {
  const { rows } = await sql<Project>`
    with entry as (select * from book.filed where form_id = 'project-register'),
    money as (
      select county_id, filing_id, jsonb_agg(jsonb_build_object(
               'year', (answers->>'year')::integer, 'dueFen', (answers->>'due')::bigint,
               'paidFen', (answers->>'paid')::bigint) order by (answers->>'year')::integer) as years
        from entry where line > 0 and answers ?& array['year', 'due', 'paid'] group by county_id, filing_id)
    select entry.filing_id as "projectId", entry.county_id as "countyId", answers->>'name' as name,
           answers->>'kind' as kind, answers->>'stage' as stage, answers->>'registered-on' as "registeredOn",
           answers->>'doc' as doc, (answers->>'seats')::integer as seats,
           (select name from book.unit_last as u
             where u.county_id = entry.county_id and u.unit_id = (answers->>'township')::bigint) as township,
           (select name from book.institution_last as i
             where i.county_id = entry.county_id and i.institution_id = (answers->>'school')::bigint) as school,
           case answers->>'in-plan' when 'yes' then true when 'no' then false end as "inPlan",
           answers->>'plan-doc' as "planDoc", answers->>'start-by' as "startBy",
           answers->>'started-on' as "startedOn", answers->>'finish-by' as "finishBy",
           answers->>'finished-on' as "finishedOn", answers->>'open-by' as "openBy",
           answers->>'opened-on' as "openedOn", coalesce(money.years, '[]') as money
      from entry left join money using (county_id, filing_id)
     where line = 0 order by entry.county_id, answers->>'name', entry.filing_id`.execute(tx)
  return rows
}
