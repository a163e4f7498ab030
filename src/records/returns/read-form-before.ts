import { sql } from 'kysely'
import type { FiledAnswers } from '../../kernel/filed-answers.ts'
import type { ReturnForm } from '../../plan/index.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { entered } from './read-answers.ts'
import type { OneSubject } from './subject.ts'

/**
 * 全表上期值 — what the last approved filing of every subject in sight said before a period, by `county subject`, in one
 * statement. One subject narrows it.
 */
export async function readFormBefore(
  tx: Tx,
  { id, rhythm }: Pick<ReturnForm, 'id' | 'rhythm'>,
  period: string,
  one?: OneSubject,
): Promise<Map<string, FiledAnswers>> {
  // Entries of a book follow one another, but none is the other's year before.
  if (rhythm.kind === 'event') return new Map()
  const only = one ? sql`and county_id = ${one.countyId} and subject_id = ${one.id}` : sql``
  const { rows } = await sql<{ subject: string; line: number; answers: FiledAnswers['once'] }>`
    with earlier as (
      select county_id, subject_id, period, line, answers,
             max(period) over (partition by county_id, subject_id) as latest
        from book.filed_dates where form_id = ${id} and period < ${period} ${only})
    select county_id || ' ' || subject_id as subject, line, answers from earlier
     where period = latest order by county_id, subject_id, line`.execute(tx)
  return new Map(
    [...Map.groupBy(rows, ({ subject }) => subject)].map(([subject, of]) => [subject, entered(of)]),
  )
}
