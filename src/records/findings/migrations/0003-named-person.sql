-- phase: tables
-- Whoever hands over names the person who answers for it. What was handed over before that was asked stays as it is.
alter table findings.step add constraint person_with_its_step
  check ((act = 'assign') = (owner_person is not null)) not valid;
