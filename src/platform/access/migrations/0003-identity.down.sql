-- Each account goes back to one role: the first of its grants in force. Whoever has none may do nothing.
drop table access.sign_in_rule, access.challenge, access.recovery_code, access.factor, access.known_device,
  access.sign_in_failure;
delete from access.one_time_link where purpose = 'set-password';
alter table access.one_time_link
  drop column account,
  drop column issued_by,
  drop constraint one_time_link_purpose_check,
  add constraint one_time_link_purpose_check check (purpose in ('first-administrator'));
-- A session that still owes a step must not become a whole one.
delete from access.session where stage <> 'full';
alter table access.session drop column session_id, drop column stage, drop column way, drop column opened_at,
  drop column seen_at, drop column agent, drop column network, drop column tries;
drop index access.session_by_account;
alter table access.account
  add column role text not null default 'none',
  add column counties integer[] not null default '{}',
  add column institution_id bigint;
update access.account a
   set role = case g.role when 'system-administrator' then 'administrator' else g.role end,
       counties = g.counties, institution_id = g.institutions[1]
  from (select distinct on (account) account, role, counties, institutions from access.grant
         where ended_at is null and valid @> (now() at time zone 'Asia/Shanghai')::date order by account, grant_id) g
 where g.account = a.account and a.state = 'active';
alter table access.account alter column role drop default, alter column counties drop default;
drop table access.grant;
-- Who signs in elsewhere only has no password: none fits this one.
update access.account set password_hash = '!' where password_hash is null and not demonstration;
alter table access.account drop column state, drop column external_id, drop column password_changed_at, drop column created_by,
  add constraint account_check check (password_hash is not null or demonstration);
