-- phase: tables
-- 拟退回意见: what whoever looks at a filing says of a cell before it goes back, one word a cell at a time. A word that was
-- replaced, dropped or sent with a return stays as what was said then.
create table returns.remark (
  county_id      integer not null,
  remark_id      bigint generated always as identity,
  filing_id      bigint not null,
  institution_id bigint,
  line           integer not null,
  field          text not null,
  says           text not null check (says ~ '\S'),
  account        text not null check (account <> ''),
  said_by        text not null,
  said_at        timestamptz not null default now(),
  ended_as       text check (ended_as in ('replaced', 'dropped', 'sent')),
  ended_at       timestamptz,
  primary key (county_id, remark_id),
  check ((ended_as is null) = (ended_at is null))
);
create unique index remark_stands on returns.remark (county_id, filing_id, line, field) where ended_at is null;

-- phase: distribute
select create_distributed_table('returns.remark', 'county_id');

-- phase: foreign keys
alter table returns.remark add foreign key (county_id, filing_id) references returns.filing (county_id, filing_id);

-- phase: policies
-- Whoever acts for single institutions reads a word only once it was sent to them.
alter table returns.remark enable row level security;
alter table returns.remark force row level security;
create policy own_counties on returns.remark for all to kuoyou_app
  using (county_id = any (access.counties()) and ((select access.whole()) or returns.reaches(county_id, institution_id))
    and (ended_as = 'sent' or (select access.every_institution())))
  with check (county_id = any (access.counties()) and ((select access.whole()) or returns.reaches(county_id, institution_id))
    and (select access.every_institution()));
-- nobody says a word in another's name
create policy own_name on returns.remark as restrictive for insert to kuoyou_app
  with check (account = access.actor());

-- phase: grants
grant select, insert on returns.remark to kuoyou_app;
grant update (ended_as, ended_at) on returns.remark to kuoyou_app;
grant usage on all sequences in schema returns to kuoyou_app;
