drop function access.list_each_row(text);
drop function access.list_once(text);
drop function access.rewrite_policies(text, text, text);
