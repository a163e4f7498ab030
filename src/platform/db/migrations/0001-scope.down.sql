drop function book.known_at();
drop function book.as_of();
drop function access.counties();
drop schema book;
drop schema access;
