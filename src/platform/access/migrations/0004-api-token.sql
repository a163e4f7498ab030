-- phase: tables
-- 接口令牌: a program's way in, in the name of an account and never beyond it. Only its end and its last use are ever
-- changed. Local to the coordinator.
create table access.api_token (
  token_id     uuid primary key default gen_random_uuid(),
  token_hash   bytea not null unique,
  account      text not null references access.account (account) on delete cascade,
  name         text not null check (name <> ''),
  -- What it is for: `thing.act` of the policies.
  scopes       text[] not null check (cardinality(scopes) > 0),
  read_only    boolean not null,
  -- Absent: every county of the account's own grants.
  counties     integer[],
  created_at   timestamptz not null default now(),
  expires_at   timestamptz not null,
  last_used_at timestamptz,
  revoked_at   timestamptz,
  check (expires_at <= created_at + interval '366 days')
);
create index api_token_by_account on access.api_token (account, created_at);

-- phase: grants
grant select, insert, update (last_used_at, revoked_at) on access.api_token to kuoyou_platform;
