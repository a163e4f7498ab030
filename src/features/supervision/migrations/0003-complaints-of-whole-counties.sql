-- phase: policies
-- Which school a complaint is about stands in its sealed words: it takes the whole county to see it, not some schools of it.
do $$
declare t text;
begin
  foreach t in array array['complaint', 'step'] loop
    execute format('create policy whole_counties on complaints.%I as restrictive for all to kuoyou_app
      using ((select access.whole()) or access.reaches_county(county_id, null))', t);
  end loop;
end $$;
