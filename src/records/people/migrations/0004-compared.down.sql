alter table people.access_record no force row level security;
delete from people.access_record where act = 'compare';
alter table people.access_record force row level security;
alter table people.access_record drop constraint access_record_act_check;
alter table people.access_record add constraint access_record_act_check
  check (act in ('view', 'unmask', 'export', 'view-sealed', 'list'));
