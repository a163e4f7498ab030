-- phase: grants
grant usage on schema jobs to kuoyou_platform;
grant select, insert, update on jobs.job to kuoyou_platform;
