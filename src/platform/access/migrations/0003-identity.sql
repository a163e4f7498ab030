-- phase: tables
create extension if not exists btree_gist;

-- What an account may do is no longer written on the account: it is granted, with a scope and an end.
alter table access.account
  drop constraint account_check,
  add column state               text not null default 'active' check (state in ('active', 'disabled')),
  add column external_id         text unique,
  add column password_changed_at timestamptz,
  add column created_by          text;
update access.account set password_changed_at = created_at where password_hash is not null;

-- 授权: one role within one scope, for a range of days. Only its end is ever changed.
create table access.grant (
  grant_id       bigint generated always as identity primary key,
  account        text not null references access.account (account) on delete cascade,
  role           text not null check (role <> ''),
  counties       integer[] not null default '{}',
  institutions   bigint[] not null default '{}',
  -- Absent: every unit of the counties, every stage.
  units          bigint[],
  stages         text[],
  valid          daterange not null default daterange((now() at time zone 'Asia/Shanghai')::date, null),
  granted_by     text not null,
  granted_at     timestamptz not null default now(),
  document       text not null default '',
  reason         text not null default '',
  delegated_from bigint,
  ended_at       timestamptz,
  ended_by       text,
  -- The three administrators each sit on a seat of their own; every other role is work.
  seat text not null generated always as (
    case when role in ('system-administrator', 'security-administrator', 'audit-administrator') then role else 'work' end) stored,
  check (not isempty(valid)),
  check (granted_by <> account),
  check (seat = 'work' or (counties = '{}' and institutions = '{}')),
  check (delegated_from is null or (seat = 'work' and upper(valid) is not null)),
  check ((ended_at is null) = (ended_by is null)),
  unique (grant_id, role),
  -- A delegated grant carries the very role of the grant it comes from.
  foreign key (delegated_from, role) references access.grant (grant_id, role) on delete cascade,
  -- No account sits on two seats at once.
  constraint grant_one_seat exclude using gist (account with =, seat with <>, valid with &&) where (ended_at is null)
);
create index grant_by_account on access.grant (account);
create index grant_by_origin on access.grant (delegated_from) where delegated_from is not null;

insert into access.grant (account, role, counties, institutions, granted_by)
select account, case role when 'administrator' then 'system-administrator' else role end,
       case role when 'administrator' then '{}' else counties end,
       case when institution_id is null then '{}' else array[institution_id] end, 'first-start'
  from access.account where role <> '';
alter table access.account drop column role, drop column counties, drop column institution_id;

-- A session that still owes a step (a second factor, a new password) opens nothing else.
alter table access.session
  add column session_id uuid not null default gen_random_uuid() unique,
  add column stage      text not null default 'full' check (stage in ('factor', 'enrol', 'password', 'full')),
  add column way        text not null default 'password' check (way in ('password', 'passkey', 'sso', 'demonstration')),
  add column opened_at  timestamptz not null default now(),
  add column seen_at    timestamptz not null default now(),
  add column agent      text not null default '',
  add column network    text not null default '',
  add column tries      smallint not null default 0;
create index session_by_account on access.session (account);

alter table access.one_time_link
  drop constraint one_time_link_purpose_check,
  add constraint one_time_link_purpose_check check (purpose in ('first-administrator', 'set-password')),
  add column account   text references access.account (account) on delete cascade,
  add column issued_by text,
  add check ((purpose = 'set-password') = (account is not null));

-- 登录失败: one row per try that did not (yet) succeed. `device` is set only for a device known to the account.
create table access.sign_in_failure (
  failure_id bigint generated always as identity primary key,
  kind       text not null check (kind in ('password', 'code')),
  account    text not null,
  network    text not null,
  device     bytea,
  at         timestamptz not null default now()
);
create index failure_by_account on access.sign_in_failure (account, at);
create index failure_by_network on access.sign_in_failure (network, at);

-- 熟悉的设备: devices from which an account signed in before.
create table access.known_device (
  account     text not null references access.account (account) on delete cascade,
  device_hash bytea not null,
  last_at     timestamptz not null default now(),
  primary key (account, device_hash)
);

-- 第二因素: authenticator apps (secret sealed) and passkeys (public key only).
create table access.factor (
  factor_id     uuid primary key default gen_random_uuid(),
  account       text not null references access.account (account) on delete cascade,
  kind          text not null check (kind in ('totp', 'passkey')),
  name          text not null,
  secret        bytea,
  last_step     bigint,
  credential_id text unique,
  public_key    bytea,
  counter       bigint not null default 0,
  transports    text[] not null default '{}',
  rp_id         text,
  confirmed     boolean not null default false,
  created_at    timestamptz not null default now(),
  used_at       timestamptz,
  check ((kind = 'totp') = (secret is not null)),
  check ((kind = 'passkey') = (credential_id is not null and public_key is not null and rp_id is not null))
);
create index factor_by_account on access.factor (account);

create table access.recovery_code (
  account   text not null references access.account (account) on delete cascade,
  code_hash bytea not null,
  used_at   timestamptz,
  primary key (account, code_hash)
);

-- 挑战: what we asked a browser to answer, good once and for minutes.
create table access.challenge (
  challenge_hash bytea primary key,
  purpose        text not null check (purpose in ('enrol-passkey', 'passkey', 'sso')),
  about          jsonb not null,
  expires_at     timestamptz not null
);

-- 登录规则: one row, changed by the security administrator.
create table access.sign_in_rule (
  one_row          boolean primary key default true check (one_row),
  password_profile text not null default 'asvs' check (password_profile in ('asvs', 'djbh')),
  second_factor    text not null default 'required' check (second_factor in ('required', 'offered')),
  changed_by       text,
  changed_at       timestamptz
);
insert into access.sign_in_rule default values;

-- phase: grants
grant select, insert, update, delete on
  access.sign_in_failure, access.known_device, access.factor, access.recovery_code, access.challenge to kuoyou_platform;
grant select, insert, update (ended_at, ended_by) on access.grant to kuoyou_platform;
grant select, update on access.sign_in_rule to kuoyou_platform;
