select access.list_each_row('complaints');
select access.list_each_row('draws');
