-- phase: tables
-- 名单也是查看: a list shows whole names, so those on it may ask who read it.
alter table people.access_record drop constraint access_record_act_check;
alter table people.access_record add constraint access_record_act_check
  check (act in ('view', 'unmask', 'export', 'view-sealed', 'list'));
-- 一个账号的一天: counted before every field that is opened.
create index access_record_by_account on people.access_record (county_id, account, at);
