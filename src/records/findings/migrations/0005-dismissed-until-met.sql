-- phase: tables
-- 不予交办 holds until the rule once finds no gap: that is noted of a dismissed finding too, and the next gap opens it again.
alter table findings.step
  drop constraint step_in_turn,
  add constraint step_in_turn check (coalesce(case act
    when 'open' then was is null and phase = 'opened'
    when 'reopen' then was = 'closed' and phase = 'opened'
    when 'dismiss' then was = 'opened' and phase = 'closed'
    when 'assign' then was = 'opened' and phase = 'assigned'
    when 'sign' then was = 'assigned' and phase = 'signed'
    when 'answer' then was = 'signed' and phase = 'answered'
    when 'confer' then was in ('assigned', 'signed') and phase = was
    when 'send-back' then was in ('answered', 'rechecked') and phase = 'signed'
    when 'recheck' then was in ('assigned', 'signed', 'answered') and phase = 'rechecked'
    when 'close' then was = 'rechecked' and phase = 'closed'
    when 'ask-extension' then was in ('assigned', 'signed') and phase = was
    when 'extend' then was in ('assigned', 'signed') and phase = was
    when 'interview' then was <> 'closed' and phase = was
    when 'escalate' then was <> 'closed' and phase = was
    when 'condition-met' then phase = was
    when 'condition-lost' then was <> 'closed' and phase = was
    end, false));

-- phase: views
-- 问题台账: each finding as it stood on the day, as far as the books knew at the moment they are read.
create or replace view book.findings with (security_invoker = true) as
  select f.county_id, f.finding_id, f.number, f.source, f.rule, f.item, f.quote, f.subject_kind, f.subject_id,
         f.institution_id, f.owner_level, f.supervision, f.severity, f.opened_on,
         s.relapses, s.revision, s.phase, s.moved_on, s.found, s.found_on, s.owner_unit, s.owner_person, s.cause,
         s.assigned_on, s.due_on, s.signed_on, s.answered_on, s.closed_on, s.dismissed, s.condition_met, s.escalated,
         s.extensions, s.interviews, s.sent_back, f.thing, f.thing_name, s.conferred_on, s.promised_on
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
             max(done_on) filter (where act in ('close', 'dismiss')) as closed_on,
             max(done_on) filter (where act = 'confer') as conferred_on,
             (array_agg(promised_on order by revision desc) filter (where act = 'confer'))[1] as promised_on,
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
