drop view book.draws;
drop schema draws cascade;
