import { sql } from 'kysely'
import type { Static } from 'typebox'
import { granted, type Result, refused } from '../../kernel/result.ts'
import type { Plan } from '../../plan/index.ts'
import type { Visitor } from '../../platform/access/visitor.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { type NotFound, notFound } from '../../platform/http/route.ts'
import { announce } from '../../platform/webhooks/announce.ts'
import { listFilings } from '../../records/returns/find-filings.ts'
import { listSubjects } from '../../records/returns/list-subjects.ts'
import type { Looked } from '../../records/returns/looked-at.ts'
import { listOpenReminders, remind } from '../../records/returns/remind.ts'
import { findPeriod } from '../../records/returns/return-period.ts'
import type { Subject } from '../../records/returns/subject.ts'
import type { RemindBody, Reminded, RemindersShown } from './doubts-contract.ts'
import { handsOf } from './hands.ts'

/**
 * 催报 — reminds everyone of a form and period who has not handed in yet, or those named of them; nobody twice a day.
 *
 * Receivers of the event can carry it on by message: it names the form, the period and whom.
 */
export async function remindOwing(
  tx: Tx,
  plan: Plan,
  visitor: Visitor,
  { formId, period, subjectIds }: Static<typeof RemindBody>,
  today: string,
): Promise<Result<Static<typeof Reminded>> | NotFound> {
  const form = plan.forms.get(formId)
  const turn = form && findPeriod(form, period, today)
  if (!form || !turn) return notFound
  const handedIn = new Set(
    (await listFilings(tx, formId, period))
      .filter(({ firstSubmittedAt }) => firstSubmittedAt !== null)
      .map(({ countyId, subjectId }) => `${countyId} ${subjectId}`),
  )
  const owing = (await listSubjects(tx, form.subject, turn.from)).filter(
    ({ countyId, id }) => !handedIn.has(`${countyId} ${id}`) && (subjectIds?.includes(id) ?? true),
  )
  const mine = owing.filter((subject) => mayRemind(visitor, form, subject))
  if (mine.length === 0 && owing.length > 0)
    return refused({
      code: 'filing.not-yours',
      text: `您不能催报《${form.zh}》—催报由审核单位发出—请由县级教育主管部门或市教体局办理。`,
    })
  const reminded = await remind(tx, { formId, period }, mine, { name: visitor.name, day: today })
  for (const { countyId, subjectId } of reminded)
    await announce(tx, 'filing.reminded', { form: formId, period, countyId, subjectId })
  return granted({ reminded: reminded.length, already: mine.length - reminded.length })
}

/** 能否催报 — whoever looks at what a subject hands in may remind it. */
export function mayRemind(
  visitor: Visitor,
  form: Parameters<typeof handsOf>[1],
  { countyId, kind, id }: Subject,
): boolean {
  return handsOf(visitor, form, { countyId, subjectKind: kind, subjectId: id }).some(
    (hand) => hand !== 'filler',
  )
}

/** 被催的报表 — what the visitor, or somebody in the visitor's sight, was reminded of and has not handed in. */
export async function showReminders(
  tx: Tx,
  plan: Plan,
  visitor: Visitor,
  { today, moment }: Looked,
): Promise<Static<typeof RemindersShown>> {
  const open = (await listOpenReminders(tx, moment)).slice(0, shown)
  const names = await namesOf(tx, open)
  return open.flatMap(({ formId, period, countyId, subjectId, subjectKind, remindedBy, remindedAt }) => {
    const form = plan.forms.get(formId)
    const turn = form && findPeriod(form, period, today)
    if (!form || !turn) return []
    return [
      {
        formId,
        zh: form.zh,
        period: { id: turn.id, zh: turn.zh },
        dueOn: turn.dueOn,
        subjectId,
        name: names.get(`${countyId} ${subjectId}`) ?? `编号 ${subjectId}`,
        yours: handsOf(visitor, form, { countyId, subjectKind, subjectId }).includes('filler'),
        remindedBy,
        remindedAt,
      },
    ]
  })
}

/** A page of names; the list of each form holds the rest. */
const shown = 200

async function namesOf(
  tx: Tx,
  subjects: readonly { readonly countyId: number; readonly subjectId: number }[],
): Promise<ReadonlyMap<string, string>> {
  const ids = subjects.map(({ subjectId }) => subjectId)
  const { rows } = await sql<{ countyId: number; id: number; name: string }>`
    select county_id as "countyId", institution_id as id, name from book.institution_last
     where institution_id = any (${ids}::bigint[])
    union all
    select county_id, unit_id, name from book.unit_last where unit_id = any (${ids}::bigint[])`.execute(tx)
  return new Map(rows.map(({ countyId, id, name }) => [`${countyId} ${id}`, name]))
}
