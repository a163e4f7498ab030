import { sql } from 'kysely'
import type { Static } from 'typebox'
import { prefill } from '../../engines/filing/prefill.ts'
import { granted, type Result, refused } from '../../kernel/result.ts'
import type { Plan, ReturnForm } from '../../plan/index.ts'
import type { Visitor } from '../../platform/access/visitor.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { type NotFound, notFound } from '../../platform/http/route.ts'
import { listSubjects } from '../../records/returns/list-subjects.ts'
import { openFiling } from '../../records/returns/open-filing.ts'
import { findPeriod } from '../../records/returns/return-period.ts'
import type { Subject } from '../../records/returns/subject.ts'
import type { OpenBody, Opened } from './contract.ts'
import { handsOf } from './hands.ts'
import { readBesides } from './read-beside.ts'

/**
 * 打开填报单 — for whoever fills the form; a book kept by event gets a new entry each time (whatever `period` says).
 *
 * A new one begins with what is there already, each cell with its origin.
 */
export async function openOwed(
  tx: Tx,
  plan: Plan,
  visitor: Visitor,
  { formId, period, subjectId }: Static<typeof OpenBody>,
  today: string,
): Promise<Result<Static<typeof Opened>> | NotFound> {
  const form = plan.forms.get(formId)
  if (!form) return notFound
  const byEvent = form.rhythm.kind === 'event'
  const turn = byEvent ? undefined : findPeriod(form, period, today)
  if (!byEvent && !turn) return notOwed(form, period)
  const [subject] = await listSubjects(tx, form.subject, turn?.from ?? today, subjectId)
  if (!subject) return notOwed(form, turn?.zh ?? period)
  if (
    !handsOf(visitor, form, { countyId: subject.countyId, subjectKind: subject.kind, subjectId }).includes(
      'filler',
    )
  )
    return refused({
      code: 'filing.not-yours',
      text: `您不能填写${subject.name}的《${form.zh}》—只有填报单位的人员可以填写—请用该单位的账号登录。`,
    })
  const due = turn ?? { id: await nextEntry(tx, form, subject), dueOn: null }
  const found = async () => {
    const on = { form, period: due.id, day: turn?.from ?? today }
    const { before, rows } = (await readBesides(tx, plan, on, subject))(subject)
    return prefill(form, before, rows)
  }
  return granted({ filingId: await openFiling(tx, form, due, subject, visitor.name, found) })
}

function notOwed(form: ReturnForm, period: string) {
  return refused({
    code: 'filing.not-owed',
    text: `不能打开《${form.zh}》—“${period}”还没有开始，或该单位这一期不须填报此表—请核对单位和期次。`,
  })
}

async function nextEntry(tx: Tx, form: ReturnForm, { countyId, kind, id }: Subject): Promise<string> {
  // Two who enter something at once must get two numbers.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${form.id} ${countyId} ${kind} ${id}`}, 7340006))`.execute(
    tx,
  )
  const { rows } = await sql<{ next: number }>`
    select coalesce(max(period::integer), 0) + 1 as next from returns.filing
     where county_id = ${countyId} and form_id = ${form.id} and subject_kind = ${kind} and subject_id = ${id}`.execute(
    tx,
  )
  return String(rows[0]!.next)
}
