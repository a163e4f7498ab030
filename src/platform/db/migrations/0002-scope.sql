-- phase: tables
-- The institutions a transaction may see: every one of its counties, or those listed. Unset and empty mean: none.
create function access.every_institution() returns boolean language sql stable parallel safe
  as $$ select coalesce(current_setting('app.institutions', true), '') = 'all' $$;
create function access.institutions() returns bigint[] language sql stable parallel safe
  as $$ select string_to_array(nullif(nullif(current_setting('app.institutions', true), ''), 'all'), ',')::bigint[] $$;

-- Who acts and under which trace number; empty for the platform's own work.
create function access.actor() returns text language sql stable parallel safe
  as $$ select coalesce(current_setting('app.actor', true), '') $$;

-- phase: grants
grant usage on schema access, book to kuoyou_platform;
