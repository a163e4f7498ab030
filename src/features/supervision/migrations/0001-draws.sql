-- phase: tables
create schema draws;

-- 双随机抽查: one draw of one county as it was held, with everything needed to compute it again; nothing here is ever
-- changed and no draw is ever deleted, so that drawing until it pleases is seen.
create table draws.draw (
  county_id   integer not null,
  draw_id     bigint generated always as identity,
  -- runs by county without a gap
  number      integer not null check (number > 0),
  title       text not null check (title ~ '\S'),
  seed        text not null check (seed ~ '\S'),
  -- where everybody could read the seed
  seed_source text not null check (seed_source ~ '\S'),
  -- the lists and the rule as they stood, and what the seed made of them
  given       jsonb not null,
  drawn       jsonb not null,
  -- SHA-256 of `given`
  given_hash  text not null check (given_hash ~ '^[0-9a-f]{64}$'),
  drawn_on    date not null,
  drawn_at    timestamptz not null,
  account     text not null check (account <> ''),
  done_by     text not null,
  primary key (county_id, draw_id),
  constraint draw_number_once unique (county_id, number)
);

-- phase: distribute
select create_distributed_table('draws.draw', 'county_id');

-- phase: foreign keys
alter table draws.draw add foreign key (county_id) references registry.county (county_id);

-- phase: views
create view book.draws with (security_invoker = true) as
  select * from draws.draw where drawn_on <= (select book.as_of()) and drawn_at <= (select book.known_at());

-- phase: policies
alter table draws.draw enable row level security;
alter table draws.draw force row level security;
-- A draw speaks of a whole county; an inspector of some of its schools reads where to go.
create policy own_counties on draws.draw for all to kuoyou_app
  using (county_id = any (access.counties()))
  with check (county_id = any (access.counties()) and (select access.whole()) and account = access.actor());

-- phase: grants
grant usage on schema draws to kuoyou_app;
grant select, insert on draws.draw to kuoyou_app;
grant usage on all sequences in schema draws to kuoyou_app;
grant select on book.draws to kuoyou_app;
