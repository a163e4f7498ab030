-- phase: tables
create function registry.stage_of(grade text) returns text language sql immutable parallel safe as $$
  select case left(grade, 1) when 'K' then 'preschool' when 'P' then 'primary' when 'J' then 'junior'
    when 'S' then 'senior' when 'V' then 'vocational' when 'X' then 'special' end $$;

-- phase: policies
-- Who acts for some stages only sees the rows of those stages, and of institutions that run one of them.
do $$
declare
  t text;
  stage_held text;
begin
  foreach t in array array['premises', 'enrolment', 'school_class', 'pupil_flow', 'staff_count'] loop
    stage_held := case when t in ('enrolment', 'school_class') then 'registry.stage_of(grade)' else 'stage' end;
    execute format('drop policy own_counties on registry.%I', t);
    execute format('create policy own_counties on registry.%1$I for all to kuoyou_app
      using (county_id = any (access.counties())
             and ((select access.whole()) or access.reaches(county_id, institution_id, array[%2$s])))
      with check (county_id = any (access.counties())
             and ((select access.whole()) or access.reaches(county_id, institution_id, array[%2$s])))', t, stage_held);
  end loop;
end $$;

drop policy own_counties on registry.institution;
create policy own_counties on registry.institution for all to kuoyou_app
  using (county_id = any (access.counties())
         and ((select access.whole()) or access.reaches(county_id, institution_id, stages)))
  with check (county_id = any (access.counties())
         and ((select access.whole()) or access.reaches_all(county_id, institution_id, stages)));

-- A membership belongs to no stage itself: it is seen with its institution.
drop policy own_counties on registry.membership;
create policy own_counties on registry.membership for all to kuoyou_app
  using (county_id = any (access.counties())
         and ((select access.whole()) or (access.reaches(county_id, institution_id, null) and exists (
           select from registry.institution as i
            where i.county_id = membership.county_id and i.institution_id = membership.institution_id))))
  with check (county_id = any (access.counties())
         and ((select access.whole()) or access.reaches(county_id, institution_id, null)));
