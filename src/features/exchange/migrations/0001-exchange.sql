-- phase: tables
-- Local to the coordinator: an import may touch several counties, and what waits here belongs to a person, not to a county.
create schema exchange;
create sequence exchange.receipt_serial;

-- 待导入: one uploaded file on its way through mapping, judging and confirming.
create table exchange.pending_import (
  import_id        uuid primary key default gen_random_uuid(),
  kind             text not null check (kind in ('institutions', 'enrolment-by-grade', 'enrolment-by-class', 'population', 'births')),
  account          text not null,
  file_name        text not null,
  bytes            bytea not null,
  sha256           text not null,
  state            text not null default 'reading' check (state in ('reading', 'unreadable', 'mapping', 'judged', 'confirmed')),
  job_id           uuid,
  sheet            jsonb,
  header_signature text,
  mapping          jsonb,
  counts           jsonb,
  created_at       timestamptz not null default now()
);
create index pending_import_by_account on exchange.pending_import (account, created_at desc);

-- 逐行结果: what judging found, with its cell.
create table exchange.finding (
  import_id  uuid not null references exchange.pending_import (import_id) on delete cascade,
  serial     integer not null,
  row        integer not null,
  "column"   integer not null,
  path       text not null,
  severity   text not null check (severity in ('error', 'doubt', 'warning')),
  code       text not null,
  text       text not null,
  primary key (import_id, serial)
);

-- 更正: figures the book holds and the file says otherwise.
create table exchange.correction (
  import_id  uuid not null references exchange.pending_import (import_id) on delete cascade,
  serial     integer not null,
  row        integer not null,
  name       text not null,
  what       text not null,
  "from"     text not null,
  "to"       text not null,
  primary key (import_id, serial)
);

-- 对应列: how an account matched the columns of a header before.
create table exchange.mapping (
  account          text not null,
  kind             text not null,
  header_signature text not null,
  mapping          jsonb not null,
  saved_at         timestamptz not null default now(),
  primary key (account, kind, header_signature)
);

-- 回执: what an import wrote, on whose word; kept when the file itself is gone.
create table exchange.receipt (
  receipt_number text primary key,
  import_id      uuid,
  kind           text not null,
  account        text not null,
  account_name   text not null,
  doc_number     text not null,
  decided_on     date not null,
  effective_on   date not null,
  only_good      boolean not null,
  reason         text,
  file_name      text not null,
  sha256         text not null,
  rows           integer not null,
  rows_new       integer not null,
  rows_corrected integer not null,
  rows_same      integer not null,
  rejected_rows  integer[] not null,
  acts           jsonb not null,
  recorded_at    timestamptz not null default now()
);
create index receipt_by_account on exchange.receipt (account, recorded_at desc);

-- 导出记录: who took out what, how many rows, and the check value stated in the file.
create table exchange.export_record (
  export_id   uuid primary key default gen_random_uuid(),
  account     text not null,
  kind        text not null,
  county_id   integer,
  as_of       date not null,
  format      text not null,
  file_name   text not null,
  rows        integer not null,
  sha256      text not null,
  exported_at timestamptz not null default now()
);
create index export_by_account on exchange.export_record (account, exported_at desc);

-- phase: grants
grant usage on schema exchange to kuoyou_app;
grant usage on sequence exchange.receipt_serial to kuoyou_app;
grant select, insert, update, delete on exchange.pending_import, exchange.finding, exchange.correction, exchange.mapping to kuoyou_app;
grant select, insert on exchange.receipt, exchange.export_record to kuoyou_app;
