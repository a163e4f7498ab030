drop policy own_institutions on files.attachment;
create policy own_institutions on files.attachment as restrictive for all to kuoyou_app
  using (access.every_institution() or institution_id = any (access.institutions()))
  with check (access.every_institution() or institution_id = any (access.institutions()));
create or replace function returns.reaches(county integer, institution bigint) returns boolean language sql stable parallel safe as $$
  select institution is not null and access.reaches(county, institution, null) and exists (
    select from registry.institution as i where i.county_id = county and i.institution_id = institution) $$;
