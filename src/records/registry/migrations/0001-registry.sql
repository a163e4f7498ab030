-- phase: tables
create extension if not exists btree_gist;
create schema registry;

-- 县级单位: the unit of locality, a reference table. The city itself stands here too, for what it keeps in its own name.
create table registry.county (
  county_id  integer primary key,
  code       text not null unique,
  name       text not null,
  kind       text not null check (kind in ('city', 'county')),
  city_id    integer not null,
  note       text
);

-- 凭据: the act with its document number that made an entry.
create table registry.act (
  county_id    integer not null,
  act_id       bigint generated always as identity,
  kind         text not null check (kind in ('load', 'open', 'close', 'merge', 'split', 'convert', 'rename', 'regroup', 'move', 'correct', 'import')),
  doc_number   text not null,
  decided_on   date not null,
  effective_on date not null,
  recorded_by  text not null,
  recorded_at  timestamptz not null default now(),
  note         text,
  detail       jsonb not null default '{}',
  primary key (county_id, act_id)
);

-- Every entry below may carry `held`: the days on which this county's book answers for it. It is null, for all
-- days, until the institution or unit moves to another county: then the old book holds its entries up to that
-- day, and the new book's copies, past included, from that day on. So on any day each stands in one county's book.

-- 单位: townships, villages, groups, catchments, inspection areas. valid = the days it is so; known = while the book said so.
create table registry.unit (
  county_id   integer not null,
  row_id      bigint generated always as identity,
  unit_id     bigint not null,
  kind        text not null check (kind in ('city', 'county', 'township', 'village', 'township-centre', 'school-group', 'catchment', 'inspection-area')),
  code        text not null,
  name        text not null,
  initials    text not null,
  township_kind text check (township_kind in ('street', 'town', 'township', 'other')),
  urban_rural text check (urban_rural in ('111', '112', '121', '122', '123', '210', '220')),
  seat_lng    double precision,
  seat_lat    double precision,
  valid       daterange not null,
  held        daterange,
  known_from  timestamptz not null default now(),
  known_to    timestamptz not null default 'infinity',
  act_id      bigint not null,
  primary key (county_id, row_id),
  constraint unit_one_truth exclude using gist (county_id with =, unit_id with =, valid with &&, coalesce(held, '(,)') with &&) where (known_to = 'infinity'),
  check (not isempty(valid))
);

-- 隶属: who belongs to whom, in any number of trees.
create table registry.unit_link (
  county_id   integer not null,
  row_id      bigint generated always as identity,
  tree        text not null check (tree in ('administrative', 'township-centre', 'school-group', 'catchment', 'inspection')),
  child_id    bigint not null,
  parent_id   bigint not null,
  valid       daterange not null,
  held        daterange,
  known_from  timestamptz not null default now(),
  known_to    timestamptz not null default 'infinity',
  act_id      bigint not null,
  primary key (county_id, row_id),
  constraint unit_link_one_truth exclude using gist (county_id with =, tree with =, child_id with =, valid with &&, coalesce(held, '(,)') with &&) where (known_to = 'infinity'),
  check (child_id <> parent_id)
);

-- 机构: a kindergarten, school or teaching point as it stood on a range of days.
create table registry.institution (
  county_id       integer not null,
  row_id          bigint generated always as identity,
  institution_id  bigint not null,
  code            text not null check (code ~ '^[0-9]{10}$'),
  name            text not null,
  initials        text not null,
  kind            text not null check (kind in ('kindergarten', 'primary-school', 'teaching-point', 'junior-school', 'nine-year-school', 'complete-secondary', 'twelve-year-school', 'senior-high', 'vocational-school', 'special-school', 'specialized-school')),
  stages          text[] not null check (stages <@ array['preschool', 'primary', 'junior', 'senior', 'vocational', 'special'] and cardinality(stages) > 0),
  sector          text not null check (sector in ('public', 'private')),
  profit_status   text check (profit_status in ('non-profit', 'for-profit')),
  public_interest boolean not null default false,
  township_central boolean not null default false,
  boarding        boolean not null default false,
  urban_rural     text not null check (urban_rural in ('111', '112', '121', '122', '123', '210', '220')),
  unit_id         bigint not null,
  parent_institution_id bigint,
  valid           daterange not null,
  held            daterange,
  known_from      timestamptz not null default now(),
  known_to        timestamptz not null default 'infinity',
  act_id          bigint not null,
  primary key (county_id, row_id),
  constraint institution_one_truth exclude using gist (county_id with =, institution_id with =, valid with &&, coalesce(held, '(,)') with &&) where (known_to = 'infinity'),
  constraint institution_one_code exclude using gist (county_id with =, code with =, institution_id with <>, valid with &&, coalesce(held, '(,)') with &&) where (known_to = 'infinity'),
  check (not isempty(valid)),
  check ((sector = 'private') or (profit_status is null))
);
create index institution_by_id on registry.institution (institution_id);

-- 标识码簿: every code ever given, site-wide and for good; a void code is never given to another institution.
create table registry.institution_code (
  code            text primary key,
  institution_id  bigint not null
);

-- 校区与校舍: where it is, and per stage how many classrooms it has and how many seats were approved.
create table registry.premises (
  county_id         integer not null,
  row_id            bigint generated always as identity,
  institution_id    bigint not null,
  campus_no         smallint not null default 1,
  campus_name       text not null,
  stage             text not null check (stage in ('preschool', 'primary', 'junior', 'senior', 'vocational', 'special')),
  rooms             integer check (rooms >= 0),
  approved_capacity integer check (approved_capacity >= 0),
  boarding_beds     integer check (boarding_beds >= 0),
  lng               double precision,
  lat               double precision,
  valid             daterange not null,
  held              daterange,
  known_from        timestamptz not null default now(),
  known_to          timestamptz not null default 'infinity',
  act_id            bigint not null,
  primary key (county_id, row_id),
  constraint premises_one_truth exclude using gist (county_id with =, institution_id with =, campus_no with =, stage with =, valid with &&, coalesce(held, '(,)') with &&) where (known_to = 'infinity')
);

-- 成员: which institution belongs to which group, catchment, centre or inspection area, and as what.
create table registry.membership (
  county_id       integer not null,
  row_id          bigint generated always as identity,
  tree            text not null check (tree in ('township-centre', 'school-group', 'catchment', 'inspection')),
  unit_id         bigint not null,
  institution_id  bigint not null,
  role            text not null default 'member' check (role in ('core', 'member')),
  valid           daterange not null,
  held            daterange,
  known_from      timestamptz not null default now(),
  known_to        timestamptz not null default 'infinity',
  act_id          bigint not null,
  primary key (county_id, row_id),
  constraint membership_one_truth exclude using gist (county_id with =, tree with =, institution_id with =, valid with &&, coalesce(held, '(,)') with &&) where (known_to = 'infinity')
);

-- 沿革: who took over whose past (merge, split), so that history can follow today's tree.
create table registry.succession (
  county_id      integer not null,
  row_id         bigint generated always as identity,
  subject        text not null default 'institution' check (subject in ('institution', 'unit')),
  from_id        bigint not null,
  to_id          bigint not null,
  share          numeric not null check (share > 0 and share <= 1),
  effective_on   date not null,
  held           daterange,
  known_from     timestamptz not null default now(),
  known_to       timestamptz not null default 'infinity',
  act_id         bigint not null,
  primary key (county_id, row_id)
);

-- 在校生: pupils on roll by grade and sex on 1 September of a school year.
create table registry.enrolment (
  county_id       integer not null,
  row_id          bigint generated always as identity,
  institution_id  bigint not null,
  school_year     smallint not null check (school_year between 1990 and 2100),
  grade           text not null,
  classes         smallint check (classes >= 0),
  boys            integer check (boys >= 0),
  girls           integer check (girls >= 0),
  pupils          integer not null check (pupils >= 0),
  largest_class   smallint check (largest_class >= 0),
  held            daterange,
  known_from      timestamptz not null default now(),
  known_to        timestamptz not null default 'infinity',
  act_id          bigint not null,
  primary key (county_id, row_id),
  check (boys is null or girls is null or boys + girls = pupils)
);
create unique index enrolment_one_truth on registry.enrolment (county_id, institution_id, school_year, grade, held) nulls not distinct where known_to = 'infinity';

-- 班级: single classes where they were filed.
create table registry.school_class (
  county_id       integer not null,
  row_id          bigint generated always as identity,
  institution_id  bigint not null,
  school_year     smallint not null,
  grade           text not null,
  class_no        smallint not null check (class_no > 0),
  boys            integer check (boys >= 0),
  girls           integer check (girls >= 0),
  pupils          integer not null check (pupils >= 0),
  held            daterange,
  known_from      timestamptz not null default now(),
  known_to        timestamptz not null default 'infinity',
  act_id          bigint not null,
  primary key (county_id, row_id)
);
create unique index school_class_one_truth on registry.school_class (county_id, institution_id, school_year, grade, class_no, held) nulls not distinct where known_to = 'infinity';

-- 学生变动: entrants, graduates and movements of a stage in the year that ends on the statistical day.
create table registry.pupil_flow (
  county_id       integer not null,
  row_id          bigint generated always as identity,
  institution_id  bigint not null,
  school_year     smallint not null,
  stage           text not null,
  entrants        integer check (entrants >= 0),
  graduates       integer check (graduates >= 0),
  moved_in        integer check (moved_in >= 0),
  moved_out       integer check (moved_out >= 0),
  held            daterange,
  known_from      timestamptz not null default now(),
  known_to        timestamptz not null default 'infinity',
  act_id          bigint not null,
  primary key (county_id, row_id)
);
create unique index pupil_flow_one_truth on registry.pupil_flow (county_id, institution_id, school_year, stage, held) nulls not distinct where known_to = 'infinity';

-- 教师: full-time teachers by stage and subject; subject 'all' where only the total was filed.
create table registry.staff_count (
  county_id       integer not null,
  row_id          bigint generated always as identity,
  institution_id  bigint not null,
  school_year     smallint not null,
  stage           text not null,
  subject         text not null,
  teachers        integer not null check (teachers >= 0),
  held            daterange,
  known_from      timestamptz not null default now(),
  known_to        timestamptz not null default 'infinity',
  act_id          bigint not null,
  primary key (county_id, row_id)
);
create unique index staff_count_one_truth on registry.staff_count (county_id, institution_id, school_year, stage, subject, held) nulls not distinct where known_to = 'infinity';

-- 出生: births of a calendar year in a unit; the vintage is the day the source published the figure.
create table registry.birth (
  county_id   integer not null,
  row_id      bigint generated always as identity,
  unit_id     bigint not null,
  year        smallint not null,
  births      integer not null check (births >= 0),
  vintage     date not null,
  source      text not null,
  held        daterange,
  known_from  timestamptz not null default now(),
  known_to    timestamptz not null default 'infinity',
  act_id      bigint not null,
  primary key (county_id, row_id)
);
create unique index birth_one_truth on registry.birth (county_id, unit_id, year, vintage, held) nulls not distinct where known_to = 'infinity';

-- 人口: people of a unit by age band on a day, resident (常住) or registered (户籍).
create table registry.population (
  county_id   integer not null,
  row_id      bigint generated always as identity,
  unit_id     bigint not null,
  on_day      date not null,
  basis       text not null check (basis in ('resident', 'registered')),
  age_from    smallint not null check (age_from >= 0),
  age_to      smallint not null,
  male        integer check (male >= 0),
  female      integer check (female >= 0),
  people      integer not null check (people >= 0),
  vintage     date not null,
  source      text not null,
  held        daterange,
  known_from  timestamptz not null default now(),
  known_to    timestamptz not null default 'infinity',
  act_id      bigint not null,
  primary key (county_id, row_id),
  check (age_to >= age_from)
);
create unique index population_one_truth on registry.population (county_id, unit_id, on_day, basis, age_from, vintage, held) nulls not distinct where known_to = 'infinity';

-- 边界: outlines for the map; indicative = 示意, not a legal boundary.
create table registry.boundary (
  county_id   integer not null,
  unit_id     bigint not null,
  geometry    jsonb not null,
  datum       text not null check (datum in ('WGS-84', 'CGCS2000')),
  indicative  boolean not null,
  source      text not null,
  primary key (county_id, unit_id)
);

-- 建库性质: whether this site holds generated data, and what it was generated from.
create table registry.site (
  only_row    boolean primary key default true check (only_row),
  city_id     integer not null,
  plan_layer  text not null,
  synthetic   boolean not null,
  size        text,
  seed        integer,
  loaded_at   timestamptz not null default now()
);

-- phase: distribute
select create_reference_table('registry.county');
select create_reference_table('registry.institution_code');
select create_distributed_table('registry.' || t, 'county_id')
  from unnest(array['act', 'unit', 'unit_link', 'institution', 'premises', 'membership', 'succession', 'enrolment', 'school_class', 'pupil_flow', 'staff_count', 'birth', 'population', 'boundary']) as t;

-- phase: foreign keys
do $$
declare t text;
begin
  foreach t in array array['unit', 'unit_link', 'institution', 'premises', 'membership', 'succession', 'enrolment', 'school_class', 'pupil_flow', 'staff_count', 'birth', 'population'] loop
    execute format('alter table registry.%I add foreign key (county_id, act_id) references registry.act (county_id, act_id)', t);
  end loop;
end $$;
alter table registry.act add foreign key (county_id) references registry.county (county_id);
alter table registry.boundary add foreign key (county_id) references registry.county (county_id);

-- phase: views
-- The day and the moment stand in sub-selects so that they are worked out once, not once per row.
do $$
declare
  t text;
  told constant text := '(held is null or held @> (select book.as_of()))
    and known_from <= (select book.known_at()) and (select book.known_at()) < known_to';
begin
  -- <book>_dates: everything the book says of any day, coming days included.
  foreach t in array array['unit', 'unit_link', 'institution', 'premises', 'membership'] loop
    execute format('create view book.%1$I with (security_invoker = true) as select * from registry.%2$I
      where %3$s', t || '_dates', t, told);
    execute format('create view book.%1$I with (security_invoker = true) as select * from registry.%1$I
      where valid @> (select book.as_of()) and %2$s', t, told);
  end loop;
  foreach t in array array['enrolment', 'school_class', 'pupil_flow', 'staff_count'] loop
    execute format('create view book.%1$I with (security_invoker = true) as select * from registry.%1$I
      where make_date(school_year, 9, 1) <= (select book.as_of()) and %2$s', t, told);
  end loop;
  -- of several vintages, the last one published by the day the books are read
  execute format('create view book.birth with (security_invoker = true) as
    select distinct on (county_id, unit_id, year) * from registry.birth
     where vintage <= (select book.as_of()) and %s
     order by county_id, unit_id, year, vintage desc', told);
  execute format('create view book.population with (security_invoker = true) as
    select distinct on (county_id, unit_id, on_day, basis, age_from) * from registry.population
     where vintage <= (select book.as_of()) and %s
     order by county_id, unit_id, on_day, basis, age_from, vintage desc', told);
  execute format('create view book.succession with (security_invoker = true) as select * from registry.succession
     where effective_on <= (select book.as_of()) and %s', told);
end $$;

-- 最后所在: each institution and unit as it stands, or last stood when it has closed.
create view book.institution_last with (security_invoker = true) as
  select distinct on (county_id, institution_id) * from book.institution_dates
   where lower(valid) <= (select book.as_of())
   order by county_id, institution_id, lower(valid) desc;
create view book.unit_last with (security_invoker = true) as
  select distinct on (county_id, unit_id) * from book.unit_dates
   where lower(valid) <= (select book.as_of())
   order by county_id, unit_id, lower(valid) desc;

-- phase: policies
do $$
declare t text;
begin
  foreach t in array array['act', 'unit', 'unit_link', 'institution', 'premises', 'membership', 'succession', 'enrolment', 'school_class', 'pupil_flow', 'staff_count', 'birth', 'population', 'boundary'] loop
    execute format('alter table registry.%I enable row level security', t);
    execute format('alter table registry.%I force row level security', t);
    execute format('create policy own_counties on registry.%I for all to kuoyou_app
      using (county_id = any (access.counties())) with check (county_id = any (access.counties()))', t);
  end loop;
end $$;

-- phase: grants
grant usage on schema registry to kuoyou_app;
grant select, insert on all tables in schema registry to kuoyou_app;
revoke insert on registry.county, registry.site from kuoyou_app;
grant usage on all sequences in schema registry to kuoyou_app;
-- An entry is never overwritten: all that may change is until when the book said it.
do $$
declare t text;
begin
  foreach t in array array['unit', 'unit_link', 'institution', 'premises', 'membership', 'succession', 'enrolment', 'school_class', 'pupil_flow', 'staff_count', 'birth', 'population'] loop
    execute format('grant update (known_to) on registry.%I to kuoyou_app', t);
  end loop;
end $$;
grant update (geometry, datum, indicative, source) on registry.boundary to kuoyou_app;
grant select on all tables in schema book to kuoyou_app;
