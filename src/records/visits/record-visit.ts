import { sql } from 'kysely'
import type { VisitKind } from '../../kernel/visit-kinds.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { beginNoting } from '../registry/begin-writing.ts'

/** 入校督导记录 — who went to which school when, what was seen and advised. */
export interface Visit {
  readonly visitId: number
  readonly countyId: number
  readonly institutionId: number
  readonly institution: string
  readonly kind: VisitKind
  readonly visitedOn: string
  readonly seen: string
  readonly advice: string | null
  readonly doneBy: string
}

/**
 * 记入校督导 — enters a visit; the same draft sent again is the same visit. Returns its number, and whether it stands there
 * as it was sent now: a draft sent again with other words changes nothing.
 */
export async function recordVisit(
  tx: Tx,
  visit: Pick<Visit, 'countyId' | 'institutionId' | 'kind' | 'visitedOn' | 'seen'> & {
    readonly draft: string
    readonly advice?: string | undefined
  },
  by: { readonly account: string; readonly name: string },
): Promise<{ readonly visitId: number; readonly asSent: boolean }> {
  const moment = await beginNoting(tx, visit.countyId)
  await sql`
    insert into visits.visit (county_id, draft, institution_id, kind, visited_on, seen, advice, account, done_by, recorded_at)
    values (${visit.countyId}, ${visit.draft}, ${visit.institutionId}, ${visit.kind}, ${visit.visitedOn}, ${visit.seen},
      ${visit.advice ?? null}, ${by.account}, ${by.name}, ${moment}::timestamptz)
    on conflict do nothing`.execute(tx)
  const { rows } = await sql<{ visitId: number; asSent: boolean }>`
    select visit_id as "visitId", (institution_id, kind, visited_on, seen, advice) is not distinct from
        (${visit.institutionId}::bigint, ${visit.kind}::text, ${visit.visitedOn}::date, ${visit.seen}::text, ${visit.advice ?? null}::text) as "asSent"
      from visits.visit where county_id = ${visit.countyId} and draft = ${visit.draft}`.execute(tx)
  return rows[0]!
}
