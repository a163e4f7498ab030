-- phase: tables
create schema series;

-- One number for each act of publishing. A city-level publication has a part in each county it speaks of
-- (and one under the city's own id for the totals): the parts share the number, title, request and inputs,
-- each carries the hash of its own values, and each county sees its own part.
create sequence series.publication_number;

-- 已发布序列: what was said, when, from what, so that it can be computed again bit for bit.
create table series.published (
  county_id      integer not null,
  series_id      bigint not null,
  kind           text not null,
  title          text not null,
  plan_version   text not null,
  engine_version text not null,
  as_of          date not null,
  known_at       timestamptz not null,
  inputs_hash    text not null,
  values_hash    text not null,
  request        jsonb not null,
  said_at        timestamptz not null default now(),
  said_by        text not null,
  primary key (county_id, series_id)
);
create index published_latest on series.published (county_id, kind, as_of, series_id desc);

create table series.value (
  county_id  integer not null,
  series_id  bigint not null,
  unit_id    bigint not null,
  measure    text not null,
  stage      text not null,
  grade      text not null,
  year       smallint not null,
  scenario   text not null,
  mean       double precision,
  lo80       double precision,
  hi80       double precision,
  missing    jsonb,
  primary key (county_id, series_id, unit_id, measure, stage, grade, year, scenario),
  check (mean is not null or missing is not null)
);

-- phase: distribute
select create_distributed_table('series.published', 'county_id');
select create_distributed_table('series.value', 'county_id');

-- phase: foreign keys
alter table series.value add foreign key (county_id, series_id) references series.published (county_id, series_id);

-- phase: policies
alter table series.published enable row level security;
alter table series.published force row level security;
create policy own_counties on series.published for all to kuoyou_app
  using (county_id = any (access.counties())) with check (county_id = any (access.counties()));
alter table series.value enable row level security;
alter table series.value force row level security;
create policy own_counties on series.value for all to kuoyou_app
  using (county_id = any (access.counties())) with check (county_id = any (access.counties()));

-- phase: grants
grant usage on schema series to kuoyou_app;
grant select, insert on all tables in schema series to kuoyou_app;
grant usage on all sequences in schema series to kuoyou_app;
