-- A version before this one knows no complaint without its words: those that were erased go with their steps.
alter table complaints.step no force row level security;
alter table complaints.complaint no force row level security;
delete from complaints.step as s using complaints.complaint as c
 where c.county_id = s.county_id and c.complaint_id = s.complaint_id and c.erased_on is not null;
delete from complaints.complaint where erased_on is not null;
alter table complaints.step force row level security;
alter table complaints.complaint
  force row level security,
  drop column erased_on,
  alter column school_sealed set not null,
  alter column words_sealed set not null;
