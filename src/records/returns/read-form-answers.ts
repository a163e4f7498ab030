import { sql } from 'kysely'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { AnswerCell } from './read-answers.ts'

/** 全表填报值 — the written cells of every filing in sight of one form and period, by one statement. */
export async function readFormAnswers(
  tx: Tx,
  formId: string,
  period: string,
): Promise<Map<number, AnswerCell[]>> {
  const { rows } = await sql<AnswerCell & { filingId: number }>`
    select filing_id as "filingId", line, field, value, origin, written_by as "writtenBy", written_at as "writtenAt"
      from returns.answer join returns.filing using (county_id, filing_id)
     where form_id = ${formId} and period = ${period} order by filing_id, line, field`.execute(tx)
  return Map.groupBy(rows, ({ filingId }) => filingId)
}
