-- phase: tables
-- Does the transaction reach every institution of the county, in all of these stages (null: whatever the stage)? It takes
-- one grant that says so: what belongs to a county and to none of its institutions is not seen by several that share it.
create function access.reaches_county(county integer, of_stages text[]) returns boolean language sql stable parallel safe as $$
  select coalesce(county = any (access.counties()) and access.every_institution()
     and (access.every_stage() or of_stages <@ access.stages())
     and (access.one_share() or exists (
       select from jsonb_array_elements(nullif(current_setting('app.shares', true), '')::jsonb) as share
        where share->'counties' @> to_jsonb(county) and not share ? 'institutions'
          and (not share ? 'stages' or to_jsonb(of_stages) <@ (share->'stages')))), false) $$;
