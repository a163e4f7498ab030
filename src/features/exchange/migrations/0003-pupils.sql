-- phase: tables
-- 学生名册: rosters of pupils come in as well; their sheets lie in the file store sealed, never in this table.
alter table exchange.pending_import drop constraint pending_import_kind_check;
alter table exchange.pending_import add constraint pending_import_kind_check
  check (kind in ('institutions', 'enrolment-by-grade', 'enrolment-by-class', 'population', 'births', 'pupils'));
alter table exchange.pending_import add constraint pending_import_persons_check check (kind <> 'pupils' or bytes is null);
