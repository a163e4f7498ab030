import { sql } from 'kysely'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { type AnswerCell, cellsAt } from './read-answers.ts'

/**
 * 全表填报值 — the written cells of every filing in sight of one form and period, by one statement; as they stood at a
 * moment, if asked.
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
      : cellsAt(wanted, moment)
  const { rows } = await sql<AnswerCell & { filingId: number }>`
    select filing_id as "filingId", line, field, value, origin, written_by as "writtenBy", written_at as "writtenAt"
      from (${cells}) as cell where value is not null order by filing_id, line, field`.execute(tx)
  return Map.groupBy(rows, ({ filingId }) => filingId)
}
