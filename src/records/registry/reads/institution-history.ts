import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/transaction-client.ts'
import type { Act } from '../act.ts'
import { datedColumns } from '../entry-columns.ts'
import { type Institution, institutionFields } from '../institution.ts'
import type { Succession } from '../succession.ts'
import { listSuccessions } from './follow-succession.ts'

/** 机构沿革 — how an institution stood over the years, the acts that made it so, and whose past it took over or gave. */
export interface InstitutionHistory {
  readonly entries: readonly Institution[]
  readonly acts: readonly (Act & { readonly actId: number; readonly recordedAt: string })[]
  readonly successions: readonly Succession[]
}

/** 读机构沿革 — coming changes included, as far as the books know them. */
export async function institutionHistory(tx: Tx, institutionId: number): Promise<InstitutionHistory> {
  const entries = await sql<Institution>`
    select ${datedColumns(institutionFields)} from book.institution_dates
     where institution_id = ${institutionId} order by lower(valid)`.execute(tx)
  const acts = await actsOf(tx, institutionId, [...new Set(entries.rows.map((entry) => entry.countyId))])
  const successions = (await listSuccessions(tx, 'institution')).filter(
    ({ fromId, toId }) => fromId === institutionId || toId === institutionId,
  )
  return { entries: entries.rows, acts, successions }
}

/** Those that changed it, and those that changed only where it belongs or whose past it took over and name it; found from its own rows, however many acts a county has seen. */
async function actsOf(tx: Tx, id: number, counties: readonly number[]): Promise<InstitutionHistory['acts']> {
  const { rows } = await sql<InstitutionHistory['acts'][number]>`
    with met as (
      select county_id, act_id, true as changed from registry.institution
       where county_id = any (${counties}::integer[]) and institution_id = ${id}
      union all
      select county_id, act_id, false from registry.membership
       where county_id = any (${counties}::integer[]) and institution_id = ${id}
      union all
      select county_id, act_id, false from registry.succession
       where county_id = any (${counties}::integer[]) and subject = 'institution' and ${id} in (from_id, to_id))
    select county_id as "countyId", act_id as "actId", kind, doc_number as "docNumber",
           decided_on as "decidedOn", effective_on as "effectiveOn", recorded_by as "recordedBy",
           recorded_at as "recordedAt", note, detail
      from registry.act
      join (select county_id, act_id, bool_or(changed) as changed from met group by 1, 2) as met using (county_id, act_id)
     where recorded_at <= book.known_at() and (changed or detail -> 'institutions' @> to_jsonb(${id}::bigint))
     order by effective_on, act_id`.execute(tx)
  return rows
}
