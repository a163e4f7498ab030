alter table findings.step drop constraint person_with_its_step;
