-- btree_gist stays: it holds nothing, and it may have been there before.
drop view book.unit_last, book.institution_last, book.succession, book.population, book.birth,
  book.staff_count, book.pupil_flow, book.school_class, book.enrolment;
drop view book.unit, book.unit_link, book.institution, book.premises, book.membership;
drop view book.unit_dates, book.unit_link_dates, book.institution_dates, book.premises_dates, book.membership_dates;
drop table registry.unit, registry.unit_link, registry.institution, registry.institution_code, registry.premises,
  registry.membership, registry.succession, registry.enrolment, registry.school_class, registry.pupil_flow,
  registry.staff_count, registry.birth, registry.population, registry.boundary, registry.site;
drop table registry.act;
drop table registry.county;
drop schema registry;
