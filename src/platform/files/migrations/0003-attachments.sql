-- phase: tables
-- 附件: a file that belongs to a thing of some room (a finding, a registration, a consent), under the thing's county and, where
-- it is one institution's, under that. What was removed stays listed with who did it and why; its content is let go.
create table files.attachment (
  county_id      integer not null,
  attachment_id  uuid not null,
  institution_id bigint,
  thing          text not null,
  thing_id       text not null,
  name           text not null,
  media_type     text not null,
  bytes          bigint not null,
  sha256         text not null,
  personal       boolean not null,
  added_by       text not null,
  added_name     text not null,
  added_at       timestamptz not null default now(),
  removed_by     text,
  removed_name   text,
  removed_at     timestamptz,
  reason         text,
  primary key (county_id, attachment_id),
  check (num_nulls(removed_by, removed_name, removed_at, reason) in (0, 4))
);
create index attachment_of_thing on files.attachment (county_id, thing, thing_id);

-- phase: distribute
select create_distributed_table('files.attachment', 'county_id');

-- phase: policies
alter table files.attachment enable row level security;
alter table files.attachment force row level security;
create policy own_counties on files.attachment for all to kuoyou_app
  using (county_id = any (access.counties())) with check (county_id = any (access.counties()));
create policy own_institutions on files.attachment as restrictive for all to kuoyou_app
  using (access.every_institution() or institution_id = any (access.institutions()))
  with check (access.every_institution() or institution_id = any (access.institutions()));

-- phase: grants
grant select, insert, delete on files.attachment to kuoyou_app;
grant update (removed_by, removed_name, removed_at, reason) on files.attachment to kuoyou_app;
