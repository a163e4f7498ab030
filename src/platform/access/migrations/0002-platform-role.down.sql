revoke all on access.account, access.session, access.one_time_link from kuoyou_platform;
update access.account set role = 'city-planner' where role = 'city-planning-finance';
update access.account set role = 'county-officer' where role = 'county-bureau';
