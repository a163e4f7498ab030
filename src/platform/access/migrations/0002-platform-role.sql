-- phase: tables
-- Roles are named by office.
update access.account set role = 'city-planning-finance' where role = 'city-planner';
update access.account set role = 'county-bureau' where role = 'county-officer';

-- phase: grants
grant select, insert, update, delete on access.account, access.session, access.one_time_link to kuoyou_platform;
