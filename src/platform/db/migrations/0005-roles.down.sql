drop function access.roles();
