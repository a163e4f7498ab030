-- phase: tables
create schema parameters;

-- 本市自定取值: values of the plan's dated parameters that the city has set itself, under the city's own id. One person
-- proposes with the document it rests on, another decides; nothing is overwritten, a later value follows an earlier one.
create table parameters.own_value (
  county_id     integer not null,
  value_id      bigint generated always as identity,
  parameter     text not null,
  value         jsonb not null,
  from_day      date not null,
  status        text not null check (status in ('V', 'S', 'R', 'own')),
  document      text not null check (document <> ''),
  article       text,
  quote         text,
  reason        text not null check (reason <> ''),
  -- what flips, as it was shown before the value was put forward
  impact        jsonb not null,
  plan_version  text not null,
  proposed_by   text not null,
  proposer      text not null,
  proposed_at   timestamptz not null default now(),
  phase         text not null default 'proposed' check (phase in ('proposed', 'approved', 'declined')),
  decided_by    text,
  decider       text,
  decided_at    timestamptz,
  note          text,
  primary key (county_id, value_id),
  check ((phase = 'proposed') = (decided_by is null)),
  constraint own_value_by_two check (decided_by <> proposed_by)
);
-- one value waits for its decision at a time
create unique index own_value_waiting on parameters.own_value (county_id, parameter) where phase = 'proposed';

-- phase: distribute
select create_distributed_table('parameters.own_value', 'county_id');

-- phase: foreign keys
alter table parameters.own_value add foreign key (county_id) references registry.county (county_id);

-- phase: policies
alter table parameters.own_value enable row level security;
alter table parameters.own_value force row level security;
create policy own_counties on parameters.own_value for all to kuoyou_app
  using (county_id = any (access.counties())) with check (county_id = any (access.counties()));
-- Whoever serves reads what is in force: everybody's figures rest on it.
create policy in_force on parameters.own_value for select to kuoyou_platform using (phase = 'approved');

-- phase: grants
grant usage on schema parameters to kuoyou_app, kuoyou_platform;
grant select, insert on parameters.own_value to kuoyou_app;
grant update (phase, decided_by, decider, decided_at, note) on parameters.own_value to kuoyou_app;
grant select on parameters.own_value to kuoyou_platform;
