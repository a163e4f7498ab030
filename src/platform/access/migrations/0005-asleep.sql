-- phase: tables
-- 休眠: an account nobody signed in with for so many days opens nothing until the security administrator wakes it.
alter table access.account
  drop constraint account_state_check,
  add constraint account_state_check check (state in ('active', 'disabled', 'asleep'));
alter table access.sign_in_rule
  add column dormant_days smallint not null default 90 check (dormant_days between 30 and 365);

-- Sessions go when they are over: when an account last signed in, or was woken, is kept here. Local to the coordinator.
create table access.last_sign_in (
  account text primary key references access.account (account) on delete cascade,
  at      timestamptz not null default now()
);
-- Nobody is put to sleep for days that were not counted.
insert into access.last_sign_in (account) select account from access.account;

-- phase: grants
grant select, insert, update on access.last_sign_in to kuoyou_platform;
