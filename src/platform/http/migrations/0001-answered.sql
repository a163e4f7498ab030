-- phase: tables
create schema http;

-- 已答复的请求: the answer given under a key, so that the same request sent again is answered the same and done once.
-- Local to the coordinator: a key belongs to an account, not to a county.
create table http.answered (
  account     text not null,
  key         text not null,
  fingerprint bytea not null,
  status      smallint not null,
  body        text not null,
  answered_at timestamptz not null default now(),
  primary key (account, key)
);
create index answered_by_time on http.answered (answered_at);

-- phase: policies
alter table http.answered enable row level security;
alter table http.answered force row level security;
create policy own_keys on http.answered for all to kuoyou_app
  using (account = (select access.actor())) with check (account = (select access.actor()));
create policy forgetting on http.answered for all to kuoyou_platform
  using (answered_at < now() - interval '72 hours');

-- phase: grants
grant usage on schema http to kuoyou_app, kuoyou_platform;
grant select, insert on http.answered to kuoyou_app;
grant select, delete on http.answered to kuoyou_platform;
