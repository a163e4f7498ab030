-- phase: tables
create schema returns;

-- 报表定义: each version of each form as it was published; a filing is read by the version it was filled in.
create table returns.form (
  form_id      text not null,
  version      integer not null check (version > 0),
  hash         text not null,
  definition   jsonb not null,
  published_at timestamptz not null default now(),
  primary key (form_id, version)
);

-- 填报: one form of one period about one subject, and where it stands.
create table returns.filing (
  county_id      integer not null,
  filing_id      bigint generated always as identity,
  form_id        text not null,
  version        integer not null,
  period         text not null,
  subject_kind   text not null check (subject_kind in ('institution', 'township', 'county')),
  subject_id     bigint not null,
  institution_id bigint check ((subject_kind = 'institution') = (institution_id is not null)),
  due_on         date,
  phase          text not null default 'draft' check (phase in ('draft', 'submitted', 'accepted', 'returned', 'approved')),
  at_level       text check (at_level in ('township-centre', 'county', 'city')),
  -- counts every step: whoever acts on what he has not seen is told so
  revision       integer not null default 0,
  -- lateness is measured by these two and never rewritten by a later handing-in
  first_submitted_at timestamptz,
  approved_at    timestamptz,
  opened_by      text not null,
  opened_at      timestamptz not null default now(),
  primary key (county_id, filing_id),
  constraint filing_once unique (county_id, form_id, period, subject_kind, subject_id),
  check ((phase in ('submitted', 'accepted')) = (at_level is not null))
);
create index filing_by_institution on returns.filing (county_id, institution_id);

-- 填报值: what stands in each cell now; line 0 is the filing itself, others its lines.
create table returns.answer (
  county_id      integer not null,
  filing_id      bigint not null,
  institution_id bigint,
  line           integer not null default 0 check (line >= 0),
  field          text not null,
  value          jsonb not null,
  -- who knew it: written by hand, or taken from the period before
  origin         text not null check (origin in ('hand', 'before')),
  written_by     text not null,
  written_at     timestamptz not null default now(),
  primary key (county_id, filing_id, line, field)
);

-- 填报值沿革: every change of a cell, the value before and the one after.
create table returns.answer_change (
  county_id      integer not null,
  change_id      bigint generated always as identity,
  filing_id      bigint not null,
  institution_id bigint,
  line           integer not null,
  field          text not null,
  was            jsonb,
  became         jsonb,
  changed_by     text not null,
  changed_at     timestamptz not null default now(),
  primary key (county_id, change_id)
);
create index answer_change_by_cell on returns.answer_change (county_id, filing_id, line, field);

-- 办理记录: every step of a filing through the offices; nothing here is ever changed.
create table returns.step (
  county_id      integer not null,
  step_id        bigint generated always as identity,
  filing_id      bigint not null,
  institution_id bigint,
  revision       integer not null,
  act            text not null check (act in ('submit', 'withdraw', 'accept', 'approve', 'return', 'reopen')),
  hand           text not null check (hand in ('filler', 'township-centre', 'county', 'city')),
  reason         text,
  -- [{line, field, says}] of a return
  cells          jsonb not null default '[]',
  done_by        text not null,
  done_at        timestamptz not null default now(),
  primary key (county_id, step_id),
  constraint step_once unique (county_id, filing_id, revision)
);

-- 入账值: what approved filings say, line by line; what indicators, duties and papers read.
create table returns.entry (
  county_id      integer not null,
  row_id         bigint generated always as identity,
  filing_id      bigint not null,
  form_id        text not null,
  version        integer not null,
  period         text not null,
  subject_kind   text not null,
  subject_id     bigint not null,
  institution_id bigint,
  line           integer not null,
  answers        jsonb not null,
  -- the days it holds of, for a book kept by event
  valid          daterange check (valid is null or not isempty(valid)),
  known_from     timestamptz not null default now(),
  known_to       timestamptz not null default 'infinity',
  primary key (county_id, row_id)
);
create unique index entry_one_truth on returns.entry (county_id, filing_id, line) where known_to = 'infinity';
create index entry_by_form on returns.entry (county_id, form_id, period);

-- Whoever does not act for whole counties and all stages reaches the filings of institutions he reaches, and none of a
-- township's or a county's.
create function returns.reaches(county integer, institution bigint) returns boolean language sql stable parallel safe as $$
  select institution is not null and access.reaches(county, institution, null) and exists (
    select from registry.institution as i where i.county_id = county and i.institution_id = institution) $$;

-- phase: distribute
select create_reference_table('returns.form');
select create_distributed_table('returns.' || t, 'county_id')
  from unnest(array['filing', 'answer', 'answer_change', 'step', 'entry']) as t;

-- phase: foreign keys
alter table returns.filing add foreign key (county_id) references registry.county (county_id);
alter table returns.filing add foreign key (form_id, version) references returns.form (form_id, version);
do $$
declare t text;
begin
  foreach t in array array['answer', 'answer_change', 'step', 'entry'] loop
    execute format('alter table returns.%I add foreign key (county_id, filing_id) references returns.filing (county_id, filing_id)', t);
  end loop;
end $$;

-- phase: views
-- 入账值: as the books said on the moment they are read; entries by event only on the days they hold.
create view book.filed_dates with (security_invoker = true) as
  select * from returns.entry
   where known_from <= (select book.known_at()) and (select book.known_at()) < known_to;
create view book.filed with (security_invoker = true) as
  select * from book.filed_dates where valid is null or valid @> (select book.as_of());

-- phase: policies
do $$
declare t text;
begin
  foreach t in array array['filing', 'answer', 'answer_change', 'step', 'entry'] loop
    execute format('alter table returns.%I enable row level security', t);
    execute format('alter table returns.%I force row level security', t);
    execute format('create policy own_counties on returns.%1$I for all to kuoyou_app
      using (county_id = any (access.counties()) and ((select access.whole()) or returns.reaches(county_id, institution_id)))
      with check (county_id = any (access.counties()) and ((select access.whole()) or returns.reaches(county_id, institution_id)))', t);
  end loop;
end $$;

-- phase: grants
grant usage on schema returns to kuoyou_app, kuoyou_platform;
grant select on all tables in schema returns to kuoyou_app;
grant insert on returns.filing, returns.answer, returns.answer_change, returns.step, returns.entry to kuoyou_app;
grant update (phase, at_level, revision, first_submitted_at, approved_at) on returns.filing to kuoyou_app;
grant update (value, origin, written_by, written_at), delete on returns.answer to kuoyou_app;
grant update (known_to) on returns.entry to kuoyou_app;
grant usage on all sequences in schema returns to kuoyou_app;
grant select, insert on returns.form to kuoyou_platform;
grant select on book.filed, book.filed_dates to kuoyou_app;
