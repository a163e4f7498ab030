-- phase: tables
-- A policy that compares with access.counties() spells the list out anew for every row it looks at: over a province's
-- counties, most of a reading's time. As a subquery it is spelled out once for each statement. Whoever rewrites the
-- policies of a room does not change what they let through.
create function access.list_once(room text) returns void language plpgsql as $$
begin
  perform access.rewrite_policies(room, 'ANY \(access\.counties\(\)\)', 'ANY ((SELECT access.counties())::integer[])');
end $$;

create function access.list_each_row(room text) returns void language plpgsql as $$
begin
  perform access.rewrite_policies(room, 'ANY \(\( SELECT access\.counties\(\) AS counties\)::integer\[\]\)', 'ANY (access.counties())');
end $$;

create function access.rewrite_policies(room text, said text, instead text) returns void language plpgsql as $$
declare policy record;
begin
  for policy in select * from pg_policies where schemaname = room and concat(qual, with_check) ~ said loop
    execute concat(
      format('alter policy %I on %I.%I', policy.policyname, policy.schemaname, policy.tablename),
      ' using (' || regexp_replace(policy.qual, said, instead, 'g') || ')',
      ' with check (' || regexp_replace(policy.with_check, said, instead, 'g') || ')');
  end loop;
end $$;
revoke execute on function access.list_once(text), access.list_each_row(text), access.rewrite_policies(text, text, text) from public;
