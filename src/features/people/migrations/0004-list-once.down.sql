select access.list_each_row('people_export');
