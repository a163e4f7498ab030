import { sql } from 'kysely'
import type { ReturnForm } from '../../plan/index.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { Filing, FilingInForm } from './filing.ts'
import { filingsAt } from './filings-at.ts'

const columns = sql.raw(`
  filing.county_id as "countyId", filing.filing_id as "filingId", filing.form_id as "formId", filing.version,
  filing.period, filing.subject_kind as "subjectKind", filing.subject_id as "subjectId", filing.due_on as "dueOn",
  filing.phase, filing.at_level as "atLevel", filing.revision,
  filing.first_submitted_at as "firstSubmittedAt", filing.approved_at as "approvedAt"`)

/** 查填报单 — a filing by its number, with its form; `locked` keeps others from it until this transaction ends. As it stood at a moment, if asked. */
export async function findFiling(
  tx: Tx,
  filingId: number,
  locked: 'locked' | 'free' = 'free',
  moment?: string,
): Promise<FilingInForm | undefined> {
  const place = await sql<{ county: number }>`
    select county_id as county from returns.filing where filing_id = ${filingId}`.execute(tx)
  if (!place.rows[0]) return undefined
  // A row is locked in its own county's part of the table.
  const { rows } = await sql<Filing & { definition: ReturnForm }>`
    select ${columns}, form.definition
      from ${filingsAt(moment)} join returns.form using (form_id, version)
     where county_id = ${place.rows[0].county} and filing_id = ${filingId} ${locked === 'locked' ? sql`for update of filing` : sql``}`.execute(
    tx,
  )
  const [row] = rows
  if (!row) return undefined
  const { definition: form, ...filing } = row
  return { filing, form }
}

/** 某表填报单 — the filings of a form in sight, of one period or of all, in the order of county and subject; as they stood at a moment, if asked. */
export async function listFilings(
  tx: Tx,
  formId: string,
  period?: string,
  moment?: string,
): Promise<Filing[]> {
  const { rows } = await sql<Filing>`
    select ${columns} from ${filingsAt(moment)}
     where form_id = ${formId} ${period === undefined ? sql`` : sql`and period = ${period}`}
     order by county_id, subject_id, filing_id`.execute(tx)
  return rows
}
