-- phase: policies
-- Pupils by the stage they are in; staff, who belong to none, with the institutions in sight; people with either.
drop policy own_institutions on people.enrolment_record;
create policy own_institutions on people.enrolment_record as restrictive for all to kuoyou_app
  using ((select access.whole()) or access.reaches(county_id, institution_id, array[registry.stage_of(grade)]))
  with check ((select access.whole()) or access.reaches(county_id, institution_id, array[registry.stage_of(grade)]));
drop policy own_institutions on people.staff_post;
create policy own_institutions on people.staff_post as restrictive for all to kuoyou_app
  using ((select access.whole()) or (access.reaches(county_id, institution_id, null) and exists (
    select from registry.institution as i
     where i.county_id = staff_post.county_id and i.institution_id = staff_post.institution_id)))
  with check ((select access.whole()) or access.reaches(county_id, institution_id, null));
do $$
declare t text;
begin
  foreach t in array array['select', 'update', 'delete'] loop
    execute format('drop policy own_people_%s on people.person', t);
    execute format('create policy own_people_%1$s on people.person as restrictive for %1$s to kuoyou_app using (
      (select access.whole()) or exists (select from people.enrolment_record r where r.county_id = person.county_id and r.person_id = person.person_id)
      or exists (select from people.staff_post s where s.county_id = person.county_id and s.person_id = person.person_id)
      or exists (select from people.guardian_link g join people.enrolment_record r on r.county_id = g.county_id and r.person_id = g.child_id
                  where g.county_id = person.county_id and g.guardian_id = person.person_id))', t);
  end loop;
end $$;
