-- phase: tables
-- 导出名单: who asked to take out which list, why, who agreed, and what was taken. The file itself is never kept. Local to
-- the coordinator.
create schema people_export;
create table people_export.request (
  request_id     uuid primary key default gen_random_uuid(),
  county_id      integer not null,
  institution_id bigint,
  grade          text,
  class_no       smallint,
  plain          boolean not null,
  as_of          date not null,
  reason         text not null,
  persons        integer not null check (persons > 0),
  state          text not null check (state in ('asked', 'granted', 'refused')),
  account        text not null,
  account_name   text not null,
  asked_at       timestamptz not null default now(),
  decided_by     text,
  decided_name   text,
  decided_at     timestamptz,
  trace          text not null unique,
  taken_at       timestamptz,
  rows           integer,
  sha256         text,
  -- Nobody agrees to their own request.
  check (decided_by is distinct from account)
);
create index request_by_county on people_export.request (county_id, asked_at desc);

-- phase: policies
alter table people_export.request enable row level security;
alter table people_export.request force row level security;
create policy own_counties on people_export.request for all to kuoyou_app
  using (county_id = any (access.counties())) with check (county_id = any (access.counties()));
create policy own_requests on people_export.request as restrictive for all to kuoyou_app
  using (access.every_institution() or account = access.actor());

-- phase: grants
grant usage on schema people_export to kuoyou_app;
grant select, insert on people_export.request to kuoyou_app;
grant update (state, decided_by, decided_name, decided_at, taken_at, rows, sha256) on people_export.request to kuoyou_app;
