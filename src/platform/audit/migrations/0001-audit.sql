-- phase: tables
create schema audit;

-- 审计: what was done, read, refused or denied. Local to the coordinator; only ever added to.
-- Who inserts cannot choose the first four columns: they have no right to write them.
create table audit.entry (
  seq          bigint generated always as identity primary key,
  -- Transaction numbers begin anew when a dump is restored elsewhere: with the cluster they stay in order.
  cluster      bigint not null default (pg_control_system()).system_identifier,
  xact         xid8 not null default pg_current_xact_id(),
  at           timestamptz not null default clock_timestamp(),
  trace        text not null,
  account      text not null,
  role         text not null,
  act          text not null,
  outcome      text not null check (outcome in ('done', 'refused', 'denied', 'failed', 'problem')),
  county_ids   integer[] not null default '{}',
  object_kind  text,
  object_id    text,
  subjects     text[] not null default '{}',
  purpose      text,
  network      text,
  facts        jsonb not null default '{}' check (jsonb_typeof(facts) = 'object' and length(facts::text) <= 8192),
  delegated_by text
);
create index entry_to_seal on audit.entry (cluster, xact, seq);
create index entry_by_moment on audit.entry using brin (at);
create index entry_by_account on audit.entry (account, seq);
create index entry_by_object on audit.entry (object_kind, object_id, seq) where object_id is not null;
create index entry_by_subject on audit.entry using gin (subjects) where subjects <> '{}';

-- 封条: one per batch. A batch holds every entry of the transactions from `from_xact` up to, not including,
-- `to_xact`; all of these had ended when it was sealed, so no entry can join it later.
create table audit.seal (
  batch         bigint primary key check (batch > 0),
  cluster       bigint not null,
  from_xact     xid8 not null,
  to_xact       xid8 not null,
  -- The first transaction number not yet given out when this batch was sealed.
  next_xact     xid8 not null,
  seqs          int8multirange not null,
  first_seq     bigint not null,
  last_seq      bigint not null,
  entry_count   integer not null check (entry_count > 0),
  -- The first eight bytes of each entry's digest, in order of seq: they tell which entry was changed.
  marks         bytea not null,
  entries_hash  bytea not null,
  previous_hash bytea not null,
  hash          bytea not null unique,
  sealed_at     timestamptz not null,
  check (from_xact < to_xact and octet_length(marks) = 8 * entry_count)
);

create index seal_by_cluster on audit.seal (cluster, to_xact);


-- phase: grants
grant usage on schema audit to kuoyou_app, kuoyou_platform;
grant insert (trace, account, role, act, outcome, county_ids, object_kind, object_id, subjects, purpose, network,
              facts, delegated_by) on audit.entry to kuoyou_app, kuoyou_platform;
grant select on audit.entry, audit.seal to kuoyou_platform;
grant insert on audit.seal to kuoyou_platform;
