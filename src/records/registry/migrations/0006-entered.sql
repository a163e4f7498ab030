-- phase: tables
-- 登记时刻: the moments at which entries were made that figures are counted from. A figure that was kept earlier than
-- one of them, and is read later, is not the books' any more.
create table registry.entered (
  county_id integer not null,
  moment    timestamptz not null,
  primary key (county_id, moment)
);

-- phase: distribute
select create_distributed_table('registry.entered', 'county_id');

-- phase: foreign keys
alter table registry.entered add foreign key (county_id) references registry.county (county_id);

-- phase: policies
alter table registry.entered enable row level security;
alter table registry.entered force row level security;
create policy own_counties on registry.entered for all to kuoyou_app
  using (county_id = any (access.counties())) with check (county_id = any (access.counties()));

-- phase: grants
grant select, insert on registry.entered to kuoyou_app;
