import { sql } from 'kysely'
import { fieldsOf, type Plan, type ReturnForm } from '../../plan/index.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { marksOpen } from '../../records/returns/mark-cell.ts'
import type { DoubtsShown } from './doubts-contract.ts'

/** As many as a person goes through; answered ones make room. */
const shown = 500

/**
 * 存疑清单 — of one form and period: open marks first, then the doubts that fillers explained; the latest first. At a
 * moment, if asked: of a doubt explained anew since then only the later word is kept, so it is not told.
 */
export async function listDoubts(
  tx: Tx,
  plan: Plan,
  form: ReturnForm,
  { period, moment }: { readonly period: string | undefined; readonly moment: string | undefined },
): Promise<DoubtsShown> {
  const { rows } = await sql<DoubtsShown[number]>`
    with theirs as (
      select county_id, filing_id, subject_kind, subject_id from returns.filing
       where form_id = ${form.id} ${period === undefined ? sql`` : sql`and period = ${period}`}
    ), doubts as (
      select county_id, filing_id, 'mark' as kind, line, field as what, why as says, marked_by as by, marked_at as at
        from returns.mark where ${marksOpen(moment)}
      union all
      select county_id, filing_id, 'explained', line, check_id, says, said_by, said_at from returns.explanation
       where ${moment === undefined ? sql`true` : sql`said_at <= ${moment}::timestamptz`}
    )
    select filing_id as "filingId", d.kind, line, what, says, by, at, coalesce(
        (select name from book.institution_last as i where subject_kind = 'institution' and i.county_id = d.county_id and i.institution_id = subject_id),
        (select name from book.unit_last as u where subject_kind <> 'institution' and u.county_id = d.county_id and u.unit_id = subject_id),
        '编号 ' || subject_id) as name
      from doubts as d join theirs using (county_id, filing_id)
     order by d.kind desc, at desc limit ${shown}`.execute(tx)
  const words = new Map(fieldsOf(form).map(({ id, zh }) => [id, zh]))
  return rows.map((row) => ({
    ...row,
    what: words.get(row.what) ?? plan.checks.get(row.what)?.zh ?? row.what,
  }))
}
