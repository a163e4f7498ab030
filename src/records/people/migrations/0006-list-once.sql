-- phase: policies
select access.list_once('people');
select access.list_once('people_sealed');
