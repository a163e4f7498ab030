drop table jobs.job;
drop schema jobs;
