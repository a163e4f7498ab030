do $$
declare t text;
begin
  foreach t in array array['institution', 'premises', 'membership', 'enrolment', 'school_class', 'pupil_flow', 'staff_count'] loop
    execute format('drop policy own_counties on registry.%I', t);
    execute format('create policy own_counties on registry.%I for all to kuoyou_app
      using (county_id = any (access.counties())) with check (county_id = any (access.counties()))', t);
  end loop;
end $$;
revoke select on registry.county, registry.site from kuoyou_platform;
revoke usage on schema registry from kuoyou_platform;
