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
  const counties = [...new Set(entries.rows.map((entry) => entry.countyId))]
  const acts = await sql<InstitutionHistory['acts'][number]>`
    select county_id as "countyId", act_id as "actId", kind, doc_number as "docNumber",
           decided_on as "decidedOn", effective_on as "effectiveOn", recorded_by as "recordedBy",
           recorded_at as "recordedAt", note, detail
      from registry.act
     where county_id = any (${counties}::integer[]) and recorded_at <= book.known_at()
       and (detail -> 'institutions' @> to_jsonb(${institutionId}::bigint)
         or act_id in (select act_id from registry.institution
                        where institution_id = ${institutionId} and county_id = act.county_id))
     order by effective_on, act_id`.execute(tx)
  const successions = (await listSuccessions(tx, 'institution')).filter(
    ({ fromId, toId }) => fromId === institutionId || toId === institutionId,
  )
  return { entries: entries.rows, acts: acts.rows, successions }
}
