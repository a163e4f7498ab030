-- phase: tables
-- A school's own history is looked up by the school: without this its file reads the whole county's returns.
create index enrolment_by_institution on registry.enrolment (county_id, institution_id);
