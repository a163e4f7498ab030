-- phase: tables
-- One queue for every process: a job is a kind and its input, and whoever holds its lease works on it. What a
-- killed process leaves behind is taken up from its checkpoint by the next. Local to the coordinator.
alter table jobs.job drop constraint job_state_check;
alter table jobs.job
  alter column state set default 'waiting',
  alter column started_at drop not null,
  alter column started_at drop default,
  add column input        jsonb,
  add column checkpoint   jsonb,
  add column files        jsonb not null default '[]',
  add column attempts     integer not null default 0,
  add column attempts_max integer not null default 5,
  add column cancel_asked boolean not null default false,
  add column run_after    timestamptz not null default now(),
  add column lease        uuid,
  add column lease_until  timestamptz,
  add column worker       text,
  add column created_at   timestamptz not null default now();
update jobs.job set created_at = started_at;
update jobs.job set state = 'interrupted', finished_at = now(),
  problem = '平台中途停止，这项任务没有做完，也没有留下半截数据。请重新提交。' where state = 'running';
alter table jobs.job
  add constraint job_state_check
    check (state in ('waiting', 'running', 'done', 'failed', 'cancelled', 'interrupted')),
  add constraint job_lease_check check ((state = 'running') = (lease is not null and lease_until is not null)),
  add constraint job_over_check check ((state in ('waiting', 'running')) = (finished_at is null));
drop index jobs.job_by_owner;
create index job_by_owner on jobs.job (owner, created_at desc);
create index job_to_do on jobs.job (created_at) where state in ('waiting', 'running');
create index job_over on jobs.job (finished_at) where finished_at is not null;

-- phase: grants
do $$ begin
  if not exists (select 1 from pg_roles where rolname = 'kuoyou_platform') then create role kuoyou_platform nologin; end if;
end $$;
grant usage on schema jobs to kuoyou_app, kuoyou_platform;
grant select, insert, update, delete on jobs.job to kuoyou_platform;
-- A room puts work into the queue, and ends it, in the very transaction of the act itself.
grant insert on jobs.job to kuoyou_app;
grant select (job_id, state, lease, cancel_asked, done, total),
  update (state, result, files, done, note, finished_at, lease, lease_until) on jobs.job to kuoyou_app;
