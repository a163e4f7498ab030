-- phase: policies
select access.list_once('complaints');
select access.list_once('draws');
