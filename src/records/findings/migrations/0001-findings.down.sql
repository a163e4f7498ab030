drop view book.finding_steps;
drop view book.findings;
drop schema findings cascade;
