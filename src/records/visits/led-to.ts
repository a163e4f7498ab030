import { sql } from 'kysely'
import type { FindingPhase } from '../../kernel/finding.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { writingMoment } from '../registry/begin-writing.ts'
import type { Visit } from './record-visit.ts'

/** 记入校所立 — a finding was entered, or opened again, from a visit; the caller has just written the finding. */
export async function noteLedTo(
  tx: Tx,
  { countyId, visitId, institutionId }: Pick<Visit, 'countyId' | 'visitId' | 'institutionId'>,
  findingId: number,
  on: string,
): Promise<void> {
  await sql`
    insert into visits.led_to (county_id, visit_id, finding_id, institution_id, noted_on, noted_at)
    values (${countyId}, ${visitId}, ${findingId}, ${institutionId}, ${on}::date, ${writingMoment(tx, countyId)})
    on conflict do nothing`.execute(tx)
}

/** 入校所立问题 — one that came of a visit, as it stands. */
export interface LedTo {
  readonly findingId: number
  readonly number: string
  readonly found: string
  readonly phase: FindingPhase
}

/** 列入校所立 — the findings that came of a visit. */
export async function listLedTo(
  tx: Tx,
  { countyId, visitId }: Pick<Visit, 'countyId' | 'visitId'>,
): Promise<LedTo[]> {
  const { rows } = await sql<LedTo>`
    select f.finding_id as "findingId", f.number, f.found, f.phase
      from book.visit_findings as v join book.findings as f using (county_id, finding_id)
     where v.county_id = ${countyId} and v.visit_id = ${visitId} order by f.finding_id`.execute(tx)
  return rows
}

/** 列由来入校 — the visits from which a finding was entered or opened again, the first first. */
export async function listVisitsBehind(
  tx: Tx,
  { countyId, findingId }: { readonly countyId: number; readonly findingId: number },
): Promise<Pick<Visit, 'visitId' | 'visitedOn' | 'doneBy'>[]> {
  const { rows } = await sql<Pick<Visit, 'visitId' | 'visitedOn' | 'doneBy'>>`
    select v.visit_id as "visitId", v.visited_on as "visitedOn", v.done_by as "doneBy"
      from book.visit_findings join book.visits as v using (county_id, visit_id)
     where county_id = ${countyId} and finding_id = ${findingId} order by v.visit_id`.execute(tx)
  return rows
}
