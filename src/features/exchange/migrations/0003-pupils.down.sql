delete from exchange.pending_import where kind = 'pupils';
alter table exchange.pending_import drop constraint pending_import_persons_check;
alter table exchange.pending_import drop constraint pending_import_kind_check;
alter table exchange.pending_import add constraint pending_import_kind_check
  check (kind in ('institutions', 'enrolment-by-grade', 'enrolment-by-class', 'population', 'births'));
