-- phase: tables
-- Local to the coordinator: when the data were backed up and when a backup was last proved by restoring it.
create schema ops;

-- 备份记录
create table ops.backup (
  backup_id    uuid primary key default gen_random_uuid(),
  created_at   timestamptz not null,
  folder       text not null,
  encrypted    boolean not null,
  tables       integer not null,
  rows         bigint not null,
  files        integer not null,
  bytes        bigint not null,
  milliseconds integer not null
);
create index backup_by_day on ops.backup (created_at desc);

-- 演练记录: a backup restored into an empty database and compared with what it was taken from.
create table ops.drill (
  drill_id             uuid primary key default gen_random_uuid(),
  started_at           timestamptz not null,
  passed               boolean not null,
  backup_milliseconds  integer not null,
  restore_milliseconds integer not null,
  tables               integer not null,
  rows                 bigint not null,
  bytes                bigint not null,
  differences          jsonb not null,
  reads                jsonb not null
);
create index drill_by_day on ops.drill (started_at desc);

-- phase: grants
do $$ begin
  if not exists (select 1 from pg_roles where rolname = 'kuoyou_platform') then create role kuoyou_platform nologin; end if;
end $$;
grant usage on schema ops to kuoyou_platform;
grant select on all tables in schema ops to kuoyou_platform;
