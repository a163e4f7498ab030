-- phase: tables
create schema files;

-- 文件: what was uploaded or made, for whom and until when. The content lies in the data folder under its hash; rows
-- with the same hash share it. Local to the coordinator.
create table files.file (
  file_id    uuid primary key default gen_random_uuid(),
  sha256     text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  name       text not null check (name <> '' and name !~ '[/\\]'),
  media_type text not null,
  bytes      bigint not null check (bytes >= 0),
  owner      text not null,
  county_id  integer,
  purpose    text not null,
  state      text not null default 'kept' check (state in ('kept', 'quarantined', 'infected')),
  created_at timestamptz not null default now(),
  expires_at timestamptz
);
create index file_by_hash on files.file (sha256);
create index file_by_end on files.file (expires_at) where expires_at is not null;
create index file_in_quarantine on files.file (created_at) where state = 'quarantined';

-- phase: grants
do $$ begin
  if not exists (select 1 from pg_roles where rolname = 'kuoyou_platform') then create role kuoyou_platform nologin; end if;
end $$;
grant usage on schema files to kuoyou_app, kuoyou_platform;
grant select, insert, update, delete on files.file to kuoyou_platform;
-- A room enters a file in the transaction of what it belongs to, and lets it go with it.
grant insert on files.file to kuoyou_app;
grant select (file_id), update (expires_at) on files.file to kuoyou_app;
