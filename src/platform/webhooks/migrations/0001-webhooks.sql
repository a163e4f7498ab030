-- phase: tables
create schema webhooks;

-- 接收方: where words of what happened are sent, and which. Local to the coordinator.
create table webhooks.endpoint (
  endpoint_id uuid primary key default gen_random_uuid(),
  name        text not null check (name <> ''),
  url         text not null,
  kinds       text[] not null check (cardinality(kinds) > 0),
  -- Signs what is sent, so that its receiver knows it comes from here.
  secret      text not null,
  state       text not null default 'active' check (state in ('active', 'disabled')),
  created_by  text not null,
  created_at  timestamptz not null default now()
);

-- 发件箱: written in the transaction of the act it tells of.
create table webhooks.event (
  event_id uuid primary key default gen_random_uuid(),
  kind     text not null,
  about    jsonb not null,
  at       timestamptz not null default now()
);
create index event_by_time on webhooks.event (at);

create table webhooks.delivery (
  endpoint_id  uuid not null references webhooks.endpoint (endpoint_id) on delete cascade,
  event_id     uuid not null references webhooks.event (event_id) on delete cascade,
  state        text not null default 'waiting' check (state in ('waiting', 'done', 'failed')),
  attempts     integer not null default 0,
  next_at      timestamptz not null default now(),
  until        timestamptz not null default now() + interval '24 hours',
  status       integer,
  problem      text,
  finished_at  timestamptz,
  primary key (endpoint_id, event_id),
  check ((state = 'waiting') = (finished_at is null))
);
create index delivery_due on webhooks.delivery (next_at) where state = 'waiting';
create index delivery_of_event on webhooks.delivery (event_id);

-- phase: grants
grant usage on schema webhooks to kuoyou_app, kuoyou_platform;
grant select, insert, update on webhooks.endpoint, webhooks.delivery to kuoyou_platform;
grant select, delete on webhooks.event to kuoyou_platform;
-- A room tells of its act within the act's own transaction; it reads neither addresses nor secrets.
grant insert on webhooks.event, webhooks.delivery to kuoyou_app;
grant select (event_id) on webhooks.event to kuoyou_app;
grant select (endpoint_id, kinds, state) on webhooks.endpoint to kuoyou_app;
