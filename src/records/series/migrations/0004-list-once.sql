-- phase: policies
select access.list_once('series');
