-- phase: tables
-- A township's and a county's filings are seen with a grant for the whole county, also by whoever holds others beside it.
create or replace function returns.reaches(county integer, institution bigint) returns boolean language sql stable parallel safe as $$
  select case when institution is null then access.reaches_county(county, null)
    else access.reaches(county, institution, null) and exists (
      select from registry.institution as i where i.county_id = county and i.institution_id = institution) end $$;

-- phase: policies
-- A file hangs on an institution, or on its county: it is seen with either, in one and the same grant.
drop policy own_institutions on files.attachment;
create policy own_institutions on files.attachment as restrictive for all to kuoyou_app
  using ((select access.whole()) or returns.reaches(county_id, institution_id))
  with check ((select access.whole()) or returns.reaches(county_id, institution_id));
