drop view book.published;
