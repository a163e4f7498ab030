-- phase: policies
-- Values of no stage (notes on what was missing) are seen with the county's.
create policy own_stages on series.value as restrictive for all to kuoyou_app
  using ((select access.every_stage() and access.one_share()) or stage = ''
         or access.reaches(county_id, null, array[stage]))
  with check ((select access.every_stage() and access.one_share()) or access.reaches(county_id, null, array[stage]));
