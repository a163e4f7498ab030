import { sql } from 'kysely'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { Filing } from './filing.ts'
import type { FilingStep } from './take-step.ts'

/**
 * 经办身份 — in whose name somebody already had a part in a filing: every step of theirs, and as its filler every value
 * they ever wrote or explained in it.
 *
 * By the account; by the name only where the books kept no account yet.
 */
export async function handsActed(
  tx: Tx,
  { countyId, filingId }: Pick<Filing, 'countyId' | 'filingId'>,
  { account, name }: { readonly account: string; readonly name: string },
): Promise<FilingStep['hand'][]> {
  const theirs = (named: string) =>
    sql`county_id = ${countyId} and filing_id = ${filingId}
      and case when account is null then ${sql.ref(named)} = ${name} else account = ${account} end`
  const { rows } = await sql<Pick<FilingStep, 'hand'>>`
    select hand from returns.step where ${theirs('done_by')}
    union select 'filler' from returns.answer_change where ${theirs('changed_by')}
    union select 'filler' from returns.explanation where ${theirs('said_by')}`.execute(tx)
  return rows.map(({ hand }) => hand)
}
