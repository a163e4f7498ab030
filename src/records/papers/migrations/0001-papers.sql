-- phase: tables
create schema papers;

-- 发文编号: the last number an office gave under its mark in a year.
create table papers.number (
  county_id integer not null,
  mark      text not null check (mark ~ '\S'),
  year      integer not null,
  last      integer not null check (last > 0),
  primary key (county_id, mark, year)
);

-- 公文: what an office of a county, or of the city under the city's own id, drafts, approves and issues.
create table papers.paper (
  county_id    integer not null,
  paper_id     bigint generated always as identity,
  template     text not null,
  -- the city or a county by its id, or a finding
  about_id     bigint not null,
  title        text not null,
  -- the day and the moment of the books its figures were taken from: with the plan's version they give the same again
  as_of        date not null,
  known_at     timestamptz not null,
  plan_version text not null,
  -- everything it says, each figure with source, definition and day
  document     jsonb not null,
  hash         text not null check (hash ~ '^[0-9a-f]{64}$'),
  missing      jsonb not null default '[]',
  phase        text not null default 'draft' check (phase in ('draft', 'submitted', 'approved', 'issued')),
  -- counts every step: whoever acts on what he has not seen is told so
  revision     integer not null default 0,
  -- who drafted it or handed it in; none of them approves it
  written_by   text[] not null check (cardinality(written_by) > 0),
  approved_by  text,
  doc_number   text,
  issued_on    date,
  file_id      uuid,
  drafted_at   timestamptz not null default now(),
  primary key (county_id, paper_id),
  constraint paper_number_once unique (county_id, doc_number),
  constraint approved_by_a_second check (approved_by <> all (written_by)),
  check ((phase in ('approved', 'issued')) = (approved_by is not null)),
  check ((phase = 'issued') = (doc_number is not null)),
  check ((doc_number is null) = (issued_on is null) and (doc_number is null) = (file_id is null))
);
create index paper_by_template on papers.paper (county_id, template, about_id);

-- 办理记录: every step with the hash of what the paper said then; nothing here is ever changed.
create table papers.step (
  county_id integer not null,
  paper_id  bigint not null,
  revision  integer not null,
  act       text not null check (act in ('draft', 'renew', 'submit', 'approve', 'return', 'issue')),
  says      text check (says ~ '\S'),
  hash      text not null,
  account   text not null check (account <> ''),
  done_by   text not null,
  done_at   timestamptz not null default now(),
  primary key (county_id, paper_id, revision),
  check (act <> 'return' or says is not null)
);

-- phase: distribute
select create_distributed_table('papers.' || t, 'county_id') from unnest(array['number', 'paper', 'step']) as t;

-- phase: foreign keys
alter table papers.number add foreign key (county_id) references registry.county (county_id);
alter table papers.paper add foreign key (county_id) references registry.county (county_id);
alter table papers.step add foreign key (county_id, paper_id) references papers.paper (county_id, paper_id);

-- phase: policies
-- Papers speak of whole counties: whoever acts for single schools or stages sees none.
do $$
declare t text;
begin
  foreach t in array array['number', 'paper', 'step'] loop
    execute format('alter table papers.%I enable row level security', t);
    execute format('alter table papers.%I force row level security', t);
    execute format('create policy own_counties on papers.%1$I for all to kuoyou_app
      using (county_id = any (access.counties()) and (select access.whole()))
      with check (county_id = any (access.counties()) and (select access.whole()))', t);
  end loop;
end $$;
-- nobody signs a step with another's name
create policy own_name on papers.step as restrictive for insert to kuoyou_app
  with check (account = access.actor());

-- phase: grants
grant usage on schema papers to kuoyou_app;
grant select, insert on all tables in schema papers to kuoyou_app;
grant update (last) on papers.number to kuoyou_app;
grant update (title, as_of, known_at, plan_version, document, hash, missing, phase, revision, written_by, approved_by,
  doc_number, issued_on, file_id) on papers.paper to kuoyou_app;
grant usage on all sequences in schema papers to kuoyou_app;
