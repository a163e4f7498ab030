-- phase: tables
-- A school's file asks for its own rows and the units they name: without these it reads every unit and return in sight.
create index unit_by_id on registry.unit (unit_id);
create index membership_by_institution on registry.membership (institution_id);
create index staff_count_by_institution on registry.staff_count (institution_id);
