-- phase: tables
-- 数据密钥: keys of each data class, wrapped by a master key that lies outside the database. Local to the coordinator.
create schema vault;
create table vault.data_key (
  data_class text not null,
  purpose    text not null check (purpose in ('seal', 'index')),
  version    integer not null check (version > 0),
  suite      text not null,
  wrapped    bytea not null,
  wrapped_by text not null,
  made_at    timestamptz not null default now(),
  primary key (data_class, purpose, version)
);

-- phase: grants
do $$ begin
  if not exists (select 1 from pg_roles where rolname = 'kuoyou_platform') then create role kuoyou_platform nologin; end if;
end $$;
-- Rooms never reach the keys: only the platform's own role does.
grant usage on schema vault to kuoyou_platform;
grant select, insert, update, delete on vault.data_key to kuoyou_platform;
