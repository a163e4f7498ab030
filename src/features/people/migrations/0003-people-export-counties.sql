-- phase: policies
-- Others' requests are decided by whoever has the whole county, in the stage they name, in one grant.
drop policy own_requests on people_export.request;
create policy own_requests on people_export.request as restrictive for all to kuoyou_app
  using ((select access.whole()) or account = access.actor()
         or access.reaches_county(county_id, array[registry.stage_of(grade)]));
