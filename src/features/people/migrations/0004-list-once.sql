-- phase: policies
select access.list_once('people_export');
