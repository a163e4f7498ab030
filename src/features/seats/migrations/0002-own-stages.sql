-- phase: policies
-- Of a scenario one sees the lines of one's own stages; to write it takes them all.
create policy own_stages on seats.housing_addition as restrictive for all to kuoyou_app
  using ((select access.every_stage() and access.one_share()) or access.reaches(county_id, null, array[stage]))
  with check (access.reaches(county_id, null, array[stage]));
create policy own_stages on seats.pupil_override as restrictive for all to kuoyou_app
  using ((select access.every_stage() and access.one_share())
         or access.reaches(county_id, null, array[registry.stage_of(grade)]))
  with check (access.reaches(county_id, null, array[registry.stage_of(grade)]));
create policy own_stages on seats.senior_share as restrictive for all to kuoyou_app
  using ((select access.every_stage() and access.one_share())
         or access.reaches(county_id, null, array['senior', 'vocational']))
  with check (access.reaches_all(county_id, null, array['senior', 'vocational']));
