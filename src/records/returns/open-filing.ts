import { sql } from 'kysely'
import type { ReturnForm } from '../../plan/index.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { ReturnPeriod } from './return-period.ts'
import type { Subject } from './subject.ts'

/**
 * 建填报单 — the filing of this form, period and subject, opened now if nobody has; its number.
 *
 * Two people who open it at once get the same one.
 */
export async function openFiling(
  tx: Tx,
  form: ReturnForm,
  period: Pick<ReturnPeriod, 'id'> & { readonly dueOn: string | null },
  subject: Subject,
  openedBy: string,
): Promise<number> {
  await sql`
    insert into returns.filing
      (county_id, form_id, version, period, subject_kind, subject_id, institution_id, due_on, opened_by)
    values (${subject.countyId}, ${form.id}, ${form.version}, ${period.id}, ${subject.kind}, ${subject.id},
      ${subject.kind === 'institution' ? subject.id : null}, ${period.dueOn}, ${openedBy})
    on conflict do nothing`.execute(tx)
  const { rows } = await sql<{ filingId: number }>`
    select filing_id as "filingId" from returns.filing
     where county_id = ${subject.countyId} and form_id = ${form.id} and period = ${period.id}
       and subject_kind = ${subject.kind} and subject_id = ${subject.id}`.execute(tx)
  return rows[0]!.filingId
}
