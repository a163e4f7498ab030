-- phase: tables
create schema jobs;

-- 任务: long work, its progress and its outcome. Local to the coordinator.
create table jobs.job (
  job_id      uuid primary key default gen_random_uuid(),
  kind        text not null,
  title       text not null,
  owner       text not null,
  state       text not null default 'running' check (state in ('running', 'done', 'failed', 'cancelled', 'interrupted')),
  done        integer not null default 0,
  total       integer not null default 0,
  note        text not null default '',
  result      jsonb,
  problem     text,
  started_at  timestamptz not null default now(),
  finished_at timestamptz
);
create index job_by_owner on jobs.job (owner, started_at desc);
