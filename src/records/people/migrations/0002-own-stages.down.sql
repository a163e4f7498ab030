do $$
declare
  t text;
  own constant text := '(access.every_institution() or institution_id = any (access.institutions()))';
begin
  foreach t in array array['enrolment_record', 'staff_post'] loop
    execute format('drop policy own_institutions on people.%I', t);
    execute format('create policy own_institutions on people.%I as restrictive for all to kuoyou_app using (%s) with check (%s)', t, own, own);
  end loop;
  foreach t in array array['select', 'update', 'delete'] loop
    execute format('drop policy own_people_%s on people.person', t);
    execute format('create policy own_people_%1$s on people.person as restrictive for %1$s to kuoyou_app using (
      access.every_institution() or exists (select from people.enrolment_record r where r.county_id = person.county_id and r.person_id = person.person_id)
      or exists (select from people.staff_post s where s.county_id = person.county_id and s.person_id = person.person_id)
      or exists (select from people.guardian_link g join people.enrolment_record r on r.county_id = g.county_id and r.person_id = g.child_id
                  where g.county_id = person.county_id and g.guardian_id = person.person_id))', t);
  end loop;
end $$;
