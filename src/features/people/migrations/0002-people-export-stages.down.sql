drop policy own_requests on people_export.request;
create policy own_requests on people_export.request as restrictive for all to kuoyou_app
  using (access.every_institution() or account = access.actor());
