import { type RawBuilder, sql } from 'kysely'

/**
 * 彼时的填报单 — the filings as they stood at a moment, in the columns of `returns.filing` and under the name `filing`;
 * without a moment, as they stand now.
 *
 * Steps are never changed, and the one that came next says where a filing stood before it: who accepts finds it handed
 * in at their level. Only a withdrawal does not name the level; it is the first, which whoever accepts first acts for.
 * A filing that nobody had opened yet was not there.
 */
export function filingsAt(moment?: string): RawBuilder<unknown> {
  if (moment === undefined) return sql`returns.filing`
  return sql`(
    select f.county_id, f.filing_id, f.form_id, f.version, f.period, f.subject_kind, f.subject_id, f.institution_id, f.due_on,
           case next.act
             when 'submit' then case when last.act in ('return', 'reopen') then 'returned' else 'draft' end
             when 'withdraw' then 'submitted' when 'accept' then 'submitted'
             when 'approve' then 'accepted' when 'return' then 'accepted'
             when 'reopen' then 'approved' else f.phase end as phase,
           case when next.act is null then f.at_level
                when next.act in ('accept', 'approve', 'return') then next.hand
                when next.act = 'withdraw' then coalesce(
                  (select hand from returns.step as s where s.county_id = f.county_id and s.filing_id = f.filing_id
                      and act = 'accept' order by revision limit 1),
                  f.at_level, form.definition #>> '{approvedBy,0}') end as at_level,
           coalesce(next.revision - 1, f.revision) as revision,
           case when f.first_submitted_at <= ${moment}::timestamptz then f.first_submitted_at end as first_submitted_at,
           case when next.act is null then f.approved_at when next.act = 'reopen' then last.done_at end as approved_at
      from returns.filing as f
      join returns.form using (form_id, version)
      left join lateral (
        select act, hand, revision from returns.step as s
         where s.county_id = f.county_id and s.filing_id = f.filing_id and done_at > ${moment}::timestamptz
         order by revision limit 1) as next on true
      left join lateral (
        select act, done_at from returns.step as s
         where s.county_id = f.county_id and s.filing_id = f.filing_id and s.revision = next.revision - 1) as last on true
     where f.opened_at <= ${moment}::timestamptz or coalesce(next.revision - 1, f.revision) > 0) as filing`
}
