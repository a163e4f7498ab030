drop view book.visits;
drop schema visits cascade;
