-- phase: tables
drop index registry.enrolment_by_institution;
