import { sql } from 'kysely'
import { isMissing } from '../../../kernel/missing.ts'
import { numberParameter } from '../../../plan/index.ts'
import type { Books } from '../../../records/books.ts'

/**
 * 清除到期投诉 — of each complaint that ended so many years ago what was written is erased for good; its number, kind, days and
 * steps stay. Returns how many were erased now; undefined where nobody entered how long they are kept, or the entry
 * is past its review: then all stay.
 */
export async function forgetComplaints(
  { db, plan }: Pick<Books, 'db' | 'plan'>,
  counties: readonly number[],
  today: string,
): Promise<number | undefined> {
  const years = numberParameter(plan, 'complaint.keep-years', { on: today, asOf: today })
  if (isMissing(years) || !years.ok) return undefined
  let erased = 0
  for (const countyId of counties) {
    const { rows } = await db.transaction({ counties: [countyId], asOf: today }, (tx) =>
      sql`
        update complaints.complaint as c
           set school_sealed = null, words_sealed = null, contact_sealed = null, erased_on = ${today}::date
         where county_id = ${countyId} and erased_on is null
           and exists (select from complaints.step as s
                        where s.county_id = c.county_id and s.complaint_id = c.complaint_id
                          and s.act in ('close', 'answer')
                          and s.done_on + make_interval(years => ${years.value}::integer) <= ${today}::date)
        returning complaint_id`.execute(tx),
    )
    erased += rows.length
  }
  return erased
}
