-- phase: tables
-- Whose scope a job runs within; null for the platform's own work.
alter table jobs.job add column on_behalf jsonb;

-- phase: grants
grant select (on_behalf) on jobs.job to kuoyou_app;
