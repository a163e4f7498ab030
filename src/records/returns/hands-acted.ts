import { type RawBuilder, sql } from 'kysely'
import { approvalLevels } from '../../kernel/approval-level.ts'
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
  by: Person,
): Promise<FilingStep['hand'][]> {
  const theirs = (named: string) =>
    sql`county_id = ${countyId} and filing_id = ${filingId} and ${doneBy(named, by)}`
  const { rows } = await sql<Pick<FilingStep, 'hand'>>`
    select hand from returns.step where ${theirs('done_by')}
    union select 'filler' from returns.answer_change where ${theirs('changed_by')}
    union select 'filler' from returns.explanation where ${theirs('said_by')}`.execute(tx)
  return rows.map(({ hand }) => hand)
}

/**
 * 曾在下级经办 — the same as a condition on a row of `returns.filing` that lies at a level: whether somebody already had a part
 * in it below that level, and so does not look at it there.
 */
export function actedBelow(by: Person): RawBuilder<boolean> {
  const place = (level: RawBuilder<unknown>) =>
    sql`array_position(${['filler', ...approvalLevels]}::text[], ${level})`
  const here = sql`part.county_id = filing.county_id and part.filing_id = filing.filing_id`
  return sql`(
    exists (select from returns.step as part where ${here} and ${doneBy('done_by', by)}
              and ${place(sql`part.hand`)} < ${place(sql`filing.at_level`)})
    or exists (select from returns.answer_change as part where ${here} and ${doneBy('changed_by', by)})
    or exists (select from returns.explanation as part where ${here} and ${doneBy('said_by', by)}))`
}

/** 经办人 — two people may share a name: the account tells them apart. */
export interface Person {
  readonly account: string
  readonly name: string
}

/** 是否其经办 — as a condition on a row with its `account`; by the name only where the books kept no account yet. */
export function doneBy(named: string, { account, name }: Person): RawBuilder<boolean> {
  return sql`case when account is null then ${sql.ref(named)} = ${name} else account = ${account} end`
}
