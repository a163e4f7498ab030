-- phase: tables
-- The roles of whoever acts; none for the platform's own work.
create function access.roles() returns text[] language sql stable parallel safe
  as $$ select coalesce(string_to_array(nullif(current_setting('app.roles', true), ''), ','), '{}') $$;
