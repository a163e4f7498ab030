drop policy own_requests on people_export.request;
create policy own_requests on people_export.request as restrictive for all to kuoyou_app
  using (access.whole() or account = access.actor()
         or (grade is not null and access.every_institution()
             and access.reaches(county_id, null, array[registry.stage_of(grade)])));
