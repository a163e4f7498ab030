-- phase: tables
-- Local to the coordinator: no county holds these.
create table access.account (
  account        text primary key,
  name           text not null,
  role           text not null,
  counties       integer[] not null,
  institution_id bigint,
  password_hash  text,
  demonstration  boolean not null default false,
  created_at     timestamptz not null default now(),
  check (password_hash is not null or demonstration)
);

create table access.session (
  token_hash bytea primary key,
  account    text not null references access.account (account) on delete cascade,
  expires_at timestamptz not null
);

create table access.one_time_link (
  token_hash bytea primary key,
  purpose    text not null check (purpose in ('first-administrator')),
  expires_at timestamptz not null,
  used_at    timestamptz
);
