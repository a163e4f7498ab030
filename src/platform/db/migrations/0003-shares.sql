-- phase: tables
-- What kinds (of school stage, say) a transaction may see: every one, or those listed. Unset and empty mean: none.
create function access.every_stage() returns boolean language sql stable parallel safe
  as $$ select coalesce(current_setting('app.stages', true), '') = 'all' $$;
create function access.stages() returns text[] language sql stable parallel safe
  as $$ select string_to_array(nullif(nullif(current_setting('app.stages', true), ''), 'all'), ',') $$;

-- Where several grants differ in their limits, each of them apart, as JSON: the settings above are then their union,
-- which alone would cross the counties of one with the stages of another.
create function access.one_share() returns boolean language sql stable parallel safe
  as $$ select coalesce(current_setting('app.shares', true), '') = '' $$;
create function access.in_a_share(county integer, institution bigint, of_stages text[]) returns boolean
  language sql stable parallel safe as $$
  select exists (select from jsonb_array_elements(nullif(current_setting('app.shares', true), '')::jsonb) as share
    where share->'counties' @> to_jsonb(county)
      and (institution is null or not share ? 'institutions' or share->'institutions' @> to_jsonb(institution))
      and (of_stages is null or not share ? 'stages' or share->'stages' ?| of_stages)) $$;

-- Is there nothing to narrow but the counties? Asked once per statement, before any row is.
create function access.whole() returns boolean language sql stable parallel safe
  as $$ select access.every_institution() and access.every_stage() and access.one_share() $$;

-- Does the transaction reach a row of this institution, in at least one of these stages? Null leaves a limit out.
create function access.reaches(county integer, institution bigint, of_stages text[]) returns boolean
  language sql stable parallel safe as $$
  select (access.every_institution() or institution is null or institution = any (access.institutions()))
     and (access.every_stage() or of_stages is null or of_stages && access.stages())
     and (access.one_share() or access.in_a_share(county, institution, of_stages)) $$;

-- The same for every one of them: what it takes to change a row that belongs to several.
create function access.reaches_all(county integer, institution bigint, of_stages text[]) returns boolean
  language sql stable parallel safe as $$
  select not exists (select from unnest(of_stages) as stage where not access.reaches(county, institution, array[stage])) $$;
