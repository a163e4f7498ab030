import { sql } from 'kysely'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { AnswerCell } from './read-answers.ts'

/**
 * 全表填报值 — the written cells of every filing in sight of one form and period, by one statement; as they stood at a
 * moment, if asked. Where a cell came from is known of now only: of a past moment each counts as written by hand.
 */
export async function readFormAnswers(
  tx: Tx,
  formId: string,
  period: string,
  moment?: string,
): Promise<Map<number, AnswerCell[]>> {
  const wanted = sql`form_id = ${formId} and period = ${period}`
  const cells =
    moment === undefined
      ? sql`select filing_id, line, field, value, origin, written_by, written_at
              from returns.answer join returns.filing using (county_id, filing_id) where ${wanted}`
      : sql`select distinct on (filing_id, line, field)
                   filing_id, line, field, became as value, 'hand' as origin, changed_by as written_by, changed_at as written_at
              from returns.answer_change join returns.filing using (county_id, filing_id)
             where ${wanted} and changed_at <= ${moment}::timestamptz
             order by filing_id, line, field, change_id desc`
  const { rows } = await sql<AnswerCell & { filingId: number }>`
    select filing_id as "filingId", line, field, value, origin, written_by as "writtenBy", written_at as "writtenAt"
      from (${cells}) as cell where value is not null order by filing_id, line, field`.execute(tx)
  return Map.groupBy(rows, ({ filingId }) => filingId)
}
