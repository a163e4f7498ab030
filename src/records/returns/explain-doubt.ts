import { sql } from 'kysely'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { type Filing, institutionOf } from './filing.ts'

/** 存疑说明 — why a figure that a check doubts stands as filed; `found` are the values it was said of. */
export interface Explanation {
  readonly check: string
  readonly line: number
  readonly found: unknown
  readonly says: string
  readonly saidBy: string
  readonly saidAt: string
}

/** 记存疑说明 — in place of an earlier one of the same check and line; the change of values stands in their own past. */
export async function explainDoubt(
  tx: Tx,
  filing: Filing,
  { check, line, found, says, saidBy }: Omit<Explanation, 'saidAt'>,
): Promise<void> {
  await sql`
    insert into returns.explanation (county_id, filing_id, institution_id, check_id, line, found, says, said_by)
    values (${filing.countyId}, ${filing.filingId}, ${institutionOf(filing)}, ${check}, ${line},
      ${JSON.stringify(found)}::jsonb, ${says}, ${saidBy})
    on conflict (county_id, filing_id, check_id, line) do update
      set found = excluded.found, says = excluded.says, said_by = excluded.said_by, said_at = now(),
        account = excluded.account`.execute(tx)
}

/** 查存疑说明 — every explanation of a filing. */
export async function listExplanations(tx: Tx, { countyId, filingId }: Filing): Promise<Explanation[]> {
  const { rows } = await sql<Explanation>`
    select check_id as "check", line, found, says, said_by as "saidBy", said_at as "saidAt" from returns.explanation
     where county_id = ${countyId} and filing_id = ${filingId} order by line, check_id`.execute(tx)
  return rows
}
