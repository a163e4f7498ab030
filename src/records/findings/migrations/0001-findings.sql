-- phase: tables
create schema findings;

-- 编号: the last number given in each county and year.
create table findings.number (
  county_id integer not null,
  year      integer not null,
  last      integer not null check (last > 0),
  primary key (county_id, year)
);

-- 问题: what was found about whom, by which rule, on which words of the plan; nothing here is ever changed.
create table findings.finding (
  county_id      integer not null,
  finding_id     bigint generated always as identity,
  number         text not null,
  source         text not null check (source in ('duty', 'check', 'indicator', 'visit', 'complaint', 'inspection')),
  -- the duty, check, indicator or kind of violation of the plan; null for what no rule names
  rule           text,
  item           text not null,
  quote          text not null check (quote ~ '\S'),
  subject_kind   text not null check (subject_kind in ('institution', 'township', 'county')),
  subject_id     bigint not null,
  institution_id bigint check ((subject_kind = 'institution') = (institution_id is not null)),
  -- whose fault it is to mend: the institution's own, or its county's
  owner_level    text not null check (owner_level in ('institution', 'county')),
  supervision    text not null check (supervision in ('government', 'schools', 'monitoring')),
  severity       text not null check (severity in ('grave', 'serious', 'ordinary')),
  opened_on      date not null,
  opened_at      timestamptz not null,
  primary key (county_id, finding_id),
  constraint finding_number_once unique (county_id, number),
  -- found again, it is the same one, opened again
  constraint finding_once unique (county_id, source, rule, subject_kind, subject_id),
  constraint finding_owner unique (county_id, finding_id, owner_level),
  check (owner_level = 'county' or institution_id is not null)
);
create index finding_by_institution on findings.finding (county_id, institution_id);

-- 办理记录: every step, each from where the one before it led; nothing here is ever changed. The constraints hold the
-- promise of the flow against every writer: who must rectify never rechecks or closes, and no deadline moves without a
-- reason signed from above.
create table findings.step (
  county_id      integer not null,
  finding_id     bigint not null,
  revision       integer not null check (revision >= 0),
  institution_id bigint,
  owner_level    text not null,
  act            text not null,
  follows        integer check (follows is not distinct from nullif(revision, 0) - 1),
  was            text check ((was is null) = (revision = 0)),
  phase          text not null check (phase in ('opened', 'assigned', 'signed', 'answered', 'rechecked', 'closed')),
  hand           text not null check (hand in ('platform', 'rectifier', 'county', 'inspector', 'city')),
  account        text not null check (hand = 'platform' or account <> ''),
  done_by        text not null,
  -- what was found, answered, seen, or the reason
  says           text check (says ~ '\S'),
  due_on         date,
  owner_unit     text check (owner_unit ~ '\S'),
  owner_person   text check (owner_person ~ '\S'),
  cause          text check (cause in ('money', 'posts', 'land', 'management')),
  -- [{attachmentId, name, sha256}]: the evidence as it lay there when the step was done
  evidence       jsonb not null default '[]',
  done_on        date not null,
  done_at        timestamptz not null,
  primary key (county_id, finding_id, revision),
  constraint step_leads_to unique (county_id, finding_id, revision, phase),
  constraint step_in_turn check (coalesce(case act
    when 'open' then was is null and phase = 'opened'
    when 'reopen' then was = 'closed' and phase = 'opened'
    when 'dismiss' then was = 'opened' and phase = 'closed'
    when 'assign' then was = 'opened' and phase = 'assigned'
    when 'sign' then was = 'assigned' and phase = 'signed'
    when 'answer' then was = 'signed' and phase = 'answered'
    when 'send-back' then was in ('answered', 'rechecked') and phase = 'signed'
    when 'recheck' then was in ('assigned', 'signed', 'answered') and phase = 'rechecked'
    when 'close' then was = 'rechecked' and phase = 'closed'
    when 'ask-extension' then was in ('assigned', 'signed') and phase = was
    when 'extend' then was in ('assigned', 'signed') and phase = was
    when 'interview' then was <> 'closed' and phase = was
    when 'escalate' then was <> 'closed' and phase = was
    when 'condition-met' then was <> 'closed' and phase = was
    when 'condition-lost' then was <> 'closed' and phase = was
    end, false)),
  constraint step_by_its_hand check (case
    when act in ('sign', 'answer', 'ask-extension') then hand = 'rectifier'
    when act in ('condition-met', 'condition-lost') then hand = 'platform'
    when act in ('open', 'reopen', 'escalate') then hand <> 'rectifier'
    else hand in ('county', 'inspector', 'city') end),
  -- a county and its inspectors judge what its institutions owe, never what the county itself owes
  constraint judge_stands_above check (act = 'open' or owner_level = 'institution' or hand not in ('county', 'inspector')),
  constraint one_person_one_side exclude using gist
    (county_id with =, finding_id with =, account with =, (case hand when 'rectifier' then 1 else 0 end) with <>)
    where (hand <> 'platform'),
  constraint deadline_with_its_step check ((act in ('assign', 'extend')) = (due_on is not null) and due_on > done_on is not false),
  constraint owner_with_its_step check ((act = 'assign') = (owner_unit is not null) and (act = 'assign') = (cause is not null)),
  constraint step_with_its_words check (act in ('assign', 'sign', 'close') or says is not null)
);
create index step_by_institution on findings.step (county_id, institution_id);

-- phase: distribute
select create_distributed_table('findings.' || t, 'county_id') from unnest(array['number', 'finding', 'step']) as t;

-- phase: foreign keys
alter table findings.number add foreign key (county_id) references registry.county (county_id);
alter table findings.finding add foreign key (county_id) references registry.county (county_id);
alter table findings.step add foreign key (county_id, finding_id, owner_level)
  references findings.finding (county_id, finding_id, owner_level);
alter table findings.step add constraint step_follows foreign key (county_id, finding_id, follows, was)
  references findings.step (county_id, finding_id, revision, phase);

-- phase: views
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

-- 问题办理沿革: the steps of a day, for counting what was done in a period.
create view book.finding_steps with (security_invoker = true) as
  select * from findings.step
   where done_on <= (select book.as_of()) and done_at <= (select book.known_at());

-- phase: policies
do $$
declare t text;
begin
  foreach t in array array['number', 'finding', 'step'] loop
    execute format('alter table findings.%I enable row level security', t);
    execute format('alter table findings.%I force row level security', t);
  end loop;
  foreach t in array array['finding', 'step'] loop
    execute format('create policy own_counties on findings.%1$I for all to kuoyou_app
      using (county_id = any (access.counties()) and ((select access.whole()) or returns.reaches(county_id, institution_id)))
      with check (county_id = any (access.counties()) and ((select access.whole()) or returns.reaches(county_id, institution_id)))', t);
  end loop;
end $$;
create policy own_counties on findings.number for all to kuoyou_app
  using (county_id = any (access.counties())) with check (county_id = any (access.counties()));
-- nobody signs a step with another's name
create policy own_name on findings.step as restrictive for insert to kuoyou_app
  with check (hand = 'platform' or account = access.actor());

-- phase: grants
grant usage on schema findings to kuoyou_app;
grant select, insert on all tables in schema findings to kuoyou_app;
grant update (last) on findings.number to kuoyou_app;
grant usage on all sequences in schema findings to kuoyou_app;
grant select on book.findings, book.finding_steps to kuoyou_app;
