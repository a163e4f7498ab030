revoke all on jobs.job from kuoyou_app, kuoyou_platform;
revoke usage on schema jobs from kuoyou_app, kuoyou_platform;
drop index jobs.job_by_owner, jobs.job_to_do, jobs.job_over;
alter table jobs.job
  drop constraint job_state_check, drop constraint job_lease_check, drop constraint job_over_check;
update jobs.job set state = 'interrupted', finished_at = now(), problem = '平台退回旧版本，这项任务没有做完。请重新提交。'
 where state in ('waiting', 'running');
update jobs.job set started_at = created_at where started_at is null;
alter table jobs.job
  drop column input, drop column checkpoint, drop column files, drop column attempts, drop column attempts_max,
  drop column cancel_asked, drop column run_after, drop column lease, drop column lease_until, drop column worker,
  drop column created_at,
  alter column state set default 'running',
  alter column started_at set default now(),
  alter column started_at set not null,
  add constraint job_state_check check (state in ('running', 'done', 'failed', 'cancelled', 'interrupted'));
create index job_by_owner on jobs.job (owner, started_at desc);
