drop view book.visit_findings;
drop table visits.led_to;
