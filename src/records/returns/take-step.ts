import { sql } from 'kysely'
import type { ApprovalLevel } from '../../kernel/approval-level.ts'
import type { FiledAnswers } from '../../kernel/filed-answers.ts'
import type { ReturnForm } from '../../plan/index.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { beginWriting } from '../registry/begin-writing.ts'
import { type Filing, institutionOf } from './filing.ts'

/** 退回意见 — what is to be mended in one cell. */
export interface CellRemark {
  readonly line: number
  readonly field: string
  readonly says: string
}

/** 办理一步 — what was done, by which hand, and where the filing stands after it. */
export interface FilingStep {
  readonly act: 'submit' | 'withdraw' | 'accept' | 'approve' | 'return' | 'reopen'
  readonly hand: 'filler' | ApprovalLevel
  readonly after: Pick<Filing, 'phase' | 'atLevel'>
  readonly reason?: string
  readonly cells?: readonly CellRemark[]
  readonly by: string
  /** The moment it was done; absent is now. Only a demonstration city has a past of its own. */
  readonly at?: string
}

/**
 * 记办理步骤 — moves a filing one step on; the caller holds it (`findFiling(…, 'locked')`) and has asked the flow.
 *
 * The number of the step is unique: of two who do the same thing at once one is too late. The day of the first
 * handing-in stays what it was, however often the filing comes back.
 */
export async function takeStep(tx: Tx, filing: Filing, step: FilingStep): Promise<void> {
  const { countyId, filingId, revision } = filing
  await sql`
    insert into returns.step (county_id, filing_id, institution_id, revision, act, hand, reason, cells, done_by, done_at)
    values (${countyId}, ${filingId}, ${institutionOf(filing)}, ${revision + 1}, ${step.act}, ${step.hand},
      ${step.reason ?? null}, ${JSON.stringify(step.cells ?? [])}, ${step.by}, coalesce(${step.at ?? null}::timestamptz, now()))`.execute(
    tx,
  )
  await sql`
    update returns.filing set phase = ${step.after.phase}, at_level = ${step.after.atLevel}, revision = revision + 1,
      first_submitted_at = coalesce(first_submitted_at, case when ${step.act} = 'submit' then coalesce(${step.at ?? null}::timestamptz, now()) end),
      approved_at = case when ${step.after.phase} = 'approved' then coalesce(${step.at ?? null}::timestamptz, now()) end
     where county_id = ${countyId} and filing_id = ${filingId}`.execute(tx)
}

/**
 * 入账 — enters what an approved filing says into the books, in place of what an earlier approval of it said.
 *
 * What the books said before stays readable as of then.
 */
export async function enterFiling(
  tx: Tx,
  filing: Filing,
  form: ReturnForm,
  { once, lines }: FiledAnswers,
): Promise<void> {
  const { countyId, filingId } = filing
  const moment = await beginWriting(tx, countyId)
  await sql`
    update returns.entry set known_to = ${moment}
     where county_id = ${countyId} and filing_id = ${filingId} and known_to = 'infinity'`.execute(tx)
  const rows = JSON.stringify([{ line: 0, answers: once }, ...lines])
  const day = (field: string | undefined) => (field === undefined ? null : (once[field] ?? null))
  const valid = form.valid
    ? sql`daterange(${day(form.valid.from)}::date, ${day(form.valid.to)}::date, '[]')`
    : sql`null::daterange`
  await sql`
    insert into returns.entry (county_id, filing_id, form_id, version, period, subject_kind, subject_id, institution_id,
      line, answers, valid, known_from)
    select ${countyId}, ${filingId}, ${filing.formId}, ${filing.version}, ${filing.period}, ${filing.subjectKind},
      ${filing.subjectId}, ${institutionOf(filing)}::bigint, line, answers, ${valid}, ${moment}::timestamptz
      from json_to_recordset(${rows}::json) as given (line integer, answers jsonb)`.execute(tx)
}

/** 办理记录 — the steps of a filing, the first first. */
export interface StepTaken extends Omit<FilingStep, 'after' | 'by' | 'at'> {
  readonly revision: number
  readonly doneBy: string
  readonly doneAt: string
}

/** 查办理记录 — every step of a filing through the offices. */
export async function listSteps(tx: Tx, { countyId, filingId }: Filing): Promise<StepTaken[]> {
  const { rows } = await sql<StepTaken>`
    select revision, act, hand, reason, cells, done_by as "doneBy", done_at as "doneAt" from returns.step
     where county_id = ${countyId} and filing_id = ${filingId} order by revision`.execute(tx)
  return rows
}
