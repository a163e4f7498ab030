-- phase: tables
-- What was written is erased when its term after the end of the complaint is over; its number, kind, days and steps stay.
alter table complaints.complaint
  alter column school_sealed drop not null,
  alter column words_sealed drop not null,
  add column erased_on date,
  add constraint erased_as_a_whole check (case when erased_on is null
    then school_sealed is not null and words_sealed is not null
    else num_nonnulls(school_sealed, words_sealed, contact_sealed) = 0 end);

-- phase: grants
grant update (erased_on) on complaints.complaint to kuoyou_app;
