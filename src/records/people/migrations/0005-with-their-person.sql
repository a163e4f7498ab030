-- phase: policies
-- What is kept of a person by county alone (consents, looks, salts, sealed conditions, links, papers) belongs to no
-- institution and no stage: whoever does not act for whole counties sees it with the person, and else not at all.
do $$
declare
  t text;
  who text;
  seen text;
begin
  -- A person's own rows are read by what says who is in sight: a link is seen with the child's place on a roll.
  create policy own_people on people.guardian_link as restrictive for all to kuoyou_app using (
    (select access.whole()) or exists (select from people.enrolment_record r
      where r.county_id = guardian_link.county_id and r.person_id = guardian_link.child_id));
  foreach t in array array['people.consent child_id', 'people_sealed.condition person_id', 'people.access_record person_id'] loop
    who := split_part(t, ' ', 2);
    t := split_part(t, ' ', 1);
    seen := format('(select access.whole()) or exists (select from people.person p where p.county_id = %1$s.county_id and p.person_id = %1$s.%2$s)',
      split_part(t, '.', 2), who);
    -- One's own looks are counted against oneself, also when the child has since left one's sight.
    if t = 'people.access_record' then seen := seen || ' or account = nullif(access.actor(), '''')'; end if;
    execute format('create policy own_people on %s as restrictive for all to kuoyou_app using (%s)', t, seen);
  end loop;
  -- A salt is entered with its person, before a roll says where that is.
  foreach t in array array['select', 'update', 'delete'] loop
    execute format('create policy own_people_%1$s on people.subject_salt as restrictive for %1$s to kuoyou_app using (
      (select access.whole()) or exists (select from people.person p
        where p.county_id = subject_salt.county_id and p.person_id = subject_salt.person_id))', t);
  end loop;
  foreach t in array array['erasure', 'retention_run'] loop
    execute format('create policy whole_counties on people.%I as restrictive for all to kuoyou_app using (
      (select access.whole()) or access.reaches_county(county_id, null))', t);
  end loop;
end $$;
create policy own_people on files.attachment as restrictive for all to kuoyou_app using (
  thing <> 'person' or (select access.whole()) or exists (select from people.person p
    where p.county_id = attachment.county_id and p.person_id = case when thing = 'person' then thing_id::bigint end));
