select access.list_each_row('seats');
