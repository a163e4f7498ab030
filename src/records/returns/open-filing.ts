import { sql } from 'kysely'
import type { ReturnForm } from '../../plan/index.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { Filing } from './filing.ts'
import type { AnswerCell } from './read-answers.ts'
import type { ReturnPeriod } from './return-period.ts'
import type { Subject } from './subject.ts'
import { writeAnswers } from './write-answers.ts'

/** 带出的单元格 — what stands in a cell before anybody writes, and where it comes from. */
type FoundCell = Pick<AnswerCell, 'line' | 'field' | 'value' | 'origin'>

/**
 * 建填报单 — the filing of this form, period and subject, opened now if nobody has; its number.
 *
 * Two people who open it at once get the same one. `found` says what a new one begins with; one that is there already
 * stays as it stands.
 */
export async function openFiling(
  tx: Tx,
  form: ReturnForm,
  period: Pick<ReturnPeriod, 'id'> & { readonly dueOn: string | null },
  subject: Subject,
  openedBy: string,
  found?: () => Promise<readonly FoundCell[]>,
): Promise<number> {
  const opened = await sql<{ filingId: number }>`
    insert into returns.filing
      (county_id, form_id, version, period, subject_kind, subject_id, institution_id, due_on, opened_by)
    values (${subject.countyId}, ${form.id}, ${form.version}, ${period.id}, ${subject.kind}, ${subject.id},
      ${subject.kind === 'institution' ? subject.id : null}, ${period.dueOn}, ${openedBy})
    on conflict do nothing returning filing_id as "filingId"`.execute(tx)
  const [fresh] = opened.rows
  if (fresh) {
    const filing = { ...fresh, countyId: subject.countyId, subjectKind: subject.kind, subjectId: subject.id }
    if (found) await writeFound(tx, filing, await found(), openedBy)
    return fresh.filingId
  }
  const { rows } = await sql<{ filingId: number }>`
    select filing_id as "filingId" from returns.filing
     where county_id = ${subject.countyId} and form_id = ${form.id} and period = ${period.id}
       and subject_kind = ${subject.kind} and subject_id = ${subject.id}`.execute(tx)
  return rows[0]!.filingId
}

async function writeFound(
  tx: Tx,
  filing: Pick<Filing, 'countyId' | 'filingId' | 'subjectKind' | 'subjectId'>,
  cells: readonly FoundCell[],
  name: string,
): Promise<void> {
  for (const [origin, of] of Map.groupBy(cells, (cell) => cell.origin)) {
    const changes = of.map(({ line, field, value }) => ({ line, field, value, saw: null }))
    await writeAnswers(tx, filing, [], changes, { name, origin })
  }
}
