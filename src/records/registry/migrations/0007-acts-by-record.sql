-- phase: tables
-- Every seat board asks whether a county's books changed since its forecast: without this it reads all acts of the county.
create index act_by_record on registry.act (county_id, recorded_at);
