drop function access.every_institution();
drop function access.institutions();
drop function access.actor();
