drop view book.findings;
alter table findings.finding drop constraint finding_subject_kind_check;
alter table findings.finding add constraint finding_subject_kind_check
  check (subject_kind in ('institution', 'township', 'county'));
alter table findings.finding drop constraint finding_once;
alter table findings.finding add constraint finding_once unique (county_id, source, rule, subject_kind, subject_id);
alter table findings.finding drop column thing_name;
alter table findings.finding drop column thing;
-- 问题台账: each finding as it stood on the day, as far as the books knew at the moment they are read.
create view book.findings with (security_invoker = true) as
  select f.county_id, f.finding_id, f.number, f.source, f.rule, f.item, f.quote, f.subject_kind, f.subject_id,
         f.institution_id, f.owner_level, f.supervision, f.severity, f.opened_on, s.*
    from findings.finding as f
    cross join lateral (
      select max(revision) filter (where act in ('open', 'reopen')) as began,
             count(*) filter (where act = 'reopen')::integer as relapses
        from findings.step
       where step.county_id = f.county_id and step.finding_id = f.finding_id
         and done_on <= (select book.as_of()) and done_at <= (select book.known_at())) as round
    cross join lateral (
      select round.relapses,
             max(revision) as revision,
             (array_agg(phase order by revision desc))[1] as phase,
             max(done_on) as moved_on,
             (array_agg(says order by revision))[1] as found,
             min(done_on) as found_on,
             max(owner_unit) as owner_unit, max(owner_person) as owner_person, max(cause) as cause,
             max(done_on) filter (where act = 'assign') as assigned_on,
             (array_agg(due_on order by revision desc) filter (where due_on is not null))[1] as due_on,
             max(done_on) filter (where act = 'sign') as signed_on,
             max(done_on) filter (where act = 'answer') as answered_on,
             max(done_on) filter (where phase = 'closed') as closed_on,
             bool_or(act = 'dismiss') as dismissed,
             coalesce((array_agg(act = 'condition-met' order by revision desc)
               filter (where act in ('condition-met', 'condition-lost')))[1], false) as condition_met,
             bool_or(act = 'escalate') as escalated,
             count(*) filter (where act = 'extend')::integer as extensions,
             count(*) filter (where act = 'interview')::integer as interviews,
             count(*) filter (where act = 'send-back')::integer as sent_back
        from findings.step
       where step.county_id = f.county_id and step.finding_id = f.finding_id and revision >= round.began
         and done_on <= (select book.as_of()) and done_at <= (select book.known_at())) as s
   where round.began is not null;
grant select on book.findings to kuoyou_app;
