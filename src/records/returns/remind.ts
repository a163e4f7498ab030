import { sql } from 'kysely'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { Subject } from './subject.ts'

/** 催报 — who was reminded of a form and period, by whom, when. */
export interface Reminder {
  readonly countyId: number
  readonly formId: string
  readonly period: string
  readonly subjectKind: Subject['kind']
  readonly subjectId: number
  readonly remindedBy: string
  readonly remindedAt: string
}

/** 记催报 — of those subjects not yet reminded that day; says which were. */
export async function remind(
  tx: Tx,
  turn: { readonly formId: string; readonly period: string },
  subjects: readonly Subject[],
  by: { readonly name: string; readonly day: string },
): Promise<{ countyId: number; subjectId: number }[]> {
  const given = JSON.stringify(subjects.map(({ countyId, kind, id }) => ({ countyId, kind, id })))
  const { rows } = await sql<{ countyId: number; subjectId: number }>`
    insert into returns.reminder
      (county_id, form_id, period, subject_kind, subject_id, institution_id, reminded_on, reminded_by)
    select "countyId", ${turn.formId}, ${turn.period}, kind, id, case when kind = 'institution' then id end,
           ${by.day}::date, ${by.name}
      from json_to_recordset(${given}::json) as given ("countyId" integer, kind text, id bigint)
    on conflict do nothing
    returning county_id as "countyId", subject_id as "subjectId"`.execute(tx)
  return rows
}

/** 未了催报 — the latest reminder of each subject in sight that has not handed in since; the newest first. At a moment, if asked. */
export async function listOpenReminders(tx: Tx, moment?: string): Promise<Reminder[]> {
  const { rows } = await sql<Reminder>`
    select distinct on (county_id, form_id, period, subject_kind, subject_id)
           county_id as "countyId", form_id as "formId", period, subject_kind as "subjectKind",
           subject_id as "subjectId", reminded_by as "remindedBy", reminded_at as "remindedAt"
      from returns.reminder as r
     where ${moment === undefined ? sql`true` : sql`r.reminded_at <= ${moment}::timestamptz`} and not exists (
       select from returns.filing as f
        where f.county_id = r.county_id and f.form_id = r.form_id and f.period = r.period
          and f.subject_kind = r.subject_kind and f.subject_id = r.subject_id
          and ${moment === undefined ? sql`f.first_submitted_at is not null` : sql`f.first_submitted_at <= ${moment}::timestamptz`})
     order by county_id, form_id, period, subject_kind, subject_id, reminded_at desc`.execute(tx)
  return rows.sort((one, other) => (one.remindedAt < other.remindedAt ? 1 : -1))
}
