-- phase: tables
drop index registry.staff_count_by_institution;
drop index registry.membership_by_institution;
drop index registry.unit_by_id;
