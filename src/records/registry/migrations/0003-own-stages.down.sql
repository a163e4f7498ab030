do $$
declare t text;
begin
  foreach t in array array['institution', 'premises', 'membership', 'enrolment', 'school_class', 'pupil_flow', 'staff_count'] loop
    execute format('drop policy own_counties on registry.%I', t);
    execute format('create policy own_counties on registry.%I for all to kuoyou_app
      using (county_id = any (access.counties())
             and ((select access.every_institution()) or institution_id = any (access.institutions())))
      with check (county_id = any (access.counties())
             and ((select access.every_institution()) or institution_id = any (access.institutions())))', t);
  end loop;
end $$;
drop function registry.stage_of(text);
