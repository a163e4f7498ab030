drop schema bi cascade;
drop policy bi_reads on registry.institution;
drop policy bi_reads on registry.enrolment;
drop policy bi_reads on registry.staff_count;
revoke all on registry.county, registry.institution, registry.enrolment, registry.staff_count from kuoyou_bi_reader;
revoke all on schema registry from kuoyou_bi_reader;
