-- phase: tables
create schema access;
create schema book;

-- What the current transaction may see. Unset and empty both mean: nothing.
create function access.counties() returns integer[] language sql stable parallel safe
  as $$ select string_to_array(nullif(current_setting('app.counties', true), ''), ',')::integer[] $$;

-- The day the books are read as of; without one, today in China.
create function book.as_of() returns date language sql stable parallel safe
  as $$ select coalesce(nullif(current_setting('app.as_of', true), '')::date,
                        (now() at time zone 'Asia/Shanghai')::date) $$;

-- The moment up to which entries are taken as known; without one, now.
create function book.known_at() returns timestamptz language sql stable parallel safe
  as $$ select coalesce(nullif(current_setting('app.known_at', true), '')::timestamptz, now()) $$;

-- phase: grants
grant usage on schema access, book to kuoyou_app;
