-- Each account keeps the first of its grants in force; what only grants could say is gone with them.
alter table access.account add column role text, add column counties integer[], add column institution_id bigint;
update access.account a set (role, counties, institution_id) = (
  select g.role, g.counties, g.institutions[1] from access.grant g
   where g.account = a.account and g.ended_at is null and g.valid @> (now() at time zone 'Asia/Shanghai')::date
   order by g.delegated_from nulls first, g.granted_at, g.grant_id limit 1);
update access.account set role = 'administrator' where role = 'system-administrator';
update access.account set role = coalesce(role, ''), counties = coalesce(counties, '{}');
drop index access.session_by_account;
drop table access.grant, access.sign_in_failure, access.known_device, access.factor, access.recovery_code,
  access.challenge, access.sign_in_rule;
-- Links and half-finished sign-ins of a kind the older platform does not know.
delete from access.one_time_link where purpose <> 'first-administrator';
delete from access.session where stage <> 'full';
alter table access.one_time_link
  drop constraint one_time_link_purpose_check,
  add constraint one_time_link_purpose_check check (purpose in ('first-administrator')),
  drop column account,
  drop column issued_by;
alter table access.session
  drop column session_id, drop column stage, drop column way, drop column opened_at, drop column seen_at,
  drop column agent, drop column network, drop column tries;
alter table access.account
  alter column role set not null,
  alter column counties set not null,
  drop column state,
  drop column external_id,
  drop column password_changed_at,
  drop column created_by,
  -- Accounts whose owner never set a password stay, and cannot sign in.
  add constraint account_check check (password_hash is not null or demonstration) not valid;
