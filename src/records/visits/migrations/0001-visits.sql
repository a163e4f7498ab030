-- phase: tables
create schema visits;

-- 入校督导记录: who went to which school when, what was seen and advised; nothing here is ever changed.
create table visits.visit (
  county_id      integer not null,
  visit_id       bigint generated always as identity,
  -- the record as it was begun in a browser: sent twice it is one
  draft          uuid not null,
  institution_id bigint not null,
  kind           text not null check (kind in ('routine', 'special', 'comprehensive')),
  visited_on     date not null,
  seen           text not null check (seen ~ '\S'),
  advice         text check (advice ~ '\S'),
  account        text not null check (account <> ''),
  done_by        text not null,
  recorded_at    timestamptz not null,
  primary key (county_id, visit_id),
  constraint visit_once unique (county_id, draft)
);
create index visit_by_institution on visits.visit (county_id, institution_id, visited_on);

-- phase: distribute
select create_distributed_table('visits.visit', 'county_id');

-- phase: foreign keys
alter table visits.visit add foreign key (county_id) references registry.county (county_id);

-- phase: views
create view book.visits with (security_invoker = true) as
  select * from visits.visit
   where visited_on <= (select book.as_of()) and recorded_at <= (select book.known_at());

-- phase: policies
alter table visits.visit enable row level security;
alter table visits.visit force row level security;
create policy own_counties on visits.visit for all to kuoyou_app
  using (county_id = any (access.counties()) and ((select access.whole()) or returns.reaches(county_id, institution_id)))
  with check (county_id = any (access.counties()) and ((select access.whole()) or returns.reaches(county_id, institution_id)));
-- nobody records a visit in another's name
create policy own_name on visits.visit as restrictive for insert to kuoyou_app with check (account = access.actor());

-- phase: grants
grant usage on schema visits to kuoyou_app;
grant select, insert on visits.visit to kuoyou_app;
grant usage on all sequences in schema visits to kuoyou_app;
grant select on book.visits to kuoyou_app;
