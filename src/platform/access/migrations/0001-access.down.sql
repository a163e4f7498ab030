drop table access.one_time_link;
drop table access.session;
drop table access.account;
