import { sql } from 'kysely'
import type { FiledAnswers } from '../../kernel/filed-answers.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { entered } from './read-answers.ts'

/** 全表上期值 — what the last approved filing of every subject in sight said before a period, by `county subject`, in one statement. */
export async function readFormBefore(
  tx: Tx,
  formId: string,
  period: string,
): Promise<Map<string, FiledAnswers>> {
  const { rows } = await sql<{ subject: string; line: number; answers: FiledAnswers['once'] }>`
    with earlier as (
      select county_id, subject_id, period, line, answers,
             max(period) over (partition by county_id, subject_id) as latest
        from book.filed_dates where form_id = ${formId} and period < ${period})
    select county_id || ' ' || subject_id as subject, line, answers from earlier
     where period = latest order by county_id, subject_id, line`.execute(tx)
  return new Map(
    [...Map.groupBy(rows, ({ subject }) => subject)].map(([subject, of]) => [subject, entered(of)]),
  )
}
