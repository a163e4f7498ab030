select access.list_each_row('people');
select access.list_each_row('people_sealed');
