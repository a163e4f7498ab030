-- phase: tables
create schema seats;

-- 情景方案: a named set of assumptions of a county, or of the city under its own id. A new revision at each saving.
create table seats.scenario (
  county_id      integer not null,
  scenario_id    bigint generated always as identity,
  name           text not null,
  note           text not null default '',
  births         text not null check (births in ('low', 'mid', 'high')),
  town_drift     double precision not null check (town_drift between -0.2 and 0.2),
  capacity_basis text not null check (capacity_basis in ('rooms', 'approved', 'smaller')),
  class_size     text not null check (class_size in ('standard', 'below-large')),
  revision       integer not null default 1,
  author         text not null,
  saved_at       timestamptz not null default now(),
  primary key (county_id, scenario_id),
  unique (county_id, name)
);

-- 新增住宅: dwellings handed over in a year and the pupils of a stage each hundred brings.
create table seats.housing_addition (
  county_id      integer not null,
  scenario_id    bigint not null,
  line_no        integer not null,
  unit_id        bigint not null,
  year           smallint not null,
  stage          text not null,
  dwellings      integer not null check (dwellings > 0),
  pupils_per_100 double precision not null check (pupils_per_100 >= 0),
  reason         text not null,
  primary key (county_id, scenario_id, line_no)
);

-- 普职分流: from a year on, the share of a unit's senior-stage entrants who go to regular senior high.
create table seats.senior_share (
  county_id   integer not null,
  scenario_id bigint not null,
  line_no     integer not null,
  unit_id     bigint not null,
  from_year   smallint not null,
  share       double precision not null check (share between 0 and 1),
  reason      text not null,
  primary key (county_id, scenario_id, line_no)
);

-- 人工修正: a figure set or scaled by the author, with the reason.
create table seats.pupil_override (
  county_id   integer not null,
  scenario_id bigint not null,
  line_no     integer not null,
  unit_id     bigint not null,
  year        smallint not null,
  grade       text not null,
  pupils      integer check (pupils >= 0),
  factor      double precision check (factor >= 0),
  reason      text not null,
  primary key (county_id, scenario_id, line_no),
  check ((pupils is null) <> (factor is null))
);

-- phase: distribute
select create_distributed_table('seats.' || t, 'county_id')
  from unnest(array['scenario', 'housing_addition', 'senior_share', 'pupil_override']) as t;

-- phase: foreign keys
do $$
declare t text;
begin
  foreach t in array array['housing_addition', 'senior_share', 'pupil_override'] loop
    execute format('alter table seats.%I add foreign key (county_id, scenario_id) references seats.scenario (county_id, scenario_id) on delete cascade', t);
  end loop;
end $$;
alter table seats.scenario add foreign key (county_id) references registry.county (county_id);

-- phase: policies
do $$
declare t text;
begin
  foreach t in array array['scenario', 'housing_addition', 'senior_share', 'pupil_override'] loop
    execute format('alter table seats.%I enable row level security', t);
    execute format('alter table seats.%I force row level security', t);
    execute format('create policy own_counties on seats.%I for all to kuoyou_app
      using (county_id = any (access.counties())) with check (county_id = any (access.counties()))', t);
  end loop;
end $$;

-- phase: grants
grant usage on schema seats to kuoyou_app;
grant select, insert, update, delete on all tables in schema seats to kuoyou_app;
grant usage on all sequences in schema seats to kuoyou_app;
