-- phase: tables
alter table complaints.step drop column facts;
