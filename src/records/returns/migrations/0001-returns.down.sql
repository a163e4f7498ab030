drop view book.filed;
drop view book.filed_dates;
drop schema returns cascade;
