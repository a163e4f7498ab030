-- phase: tables
-- 名册比对: whoever brings in a roster learns who of it stands in the book, and what differs.
alter table people.access_record drop constraint access_record_act_check;
alter table people.access_record add constraint access_record_act_check
  check (act in ('view', 'unmask', 'export', 'view-sealed', 'list', 'compare'));
