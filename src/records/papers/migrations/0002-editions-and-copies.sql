-- phase: tables
-- 版次与作废: an issued paper is not changed; a new edition of it is another paper with its own number, and one that is
-- void keeps its number, its text and its reason.
alter table papers.paper
  add column edition     integer not null default 1 check (edition > 0),
  add column replaces    bigint,
  add column voided_on   date,
  add column void_reason text check (void_reason ~ '\S'),
  add constraint later_edition_of_another check ((edition = 1) = (replaces is null)),
  add constraint void_after_issue check (voided_on is null or phase = 'issued'),
  add constraint void_with_reason check ((voided_on is null) = (void_reason is null));
-- one new edition at a time
create unique index paper_replaced_once on papers.paper (county_id, replaces);
alter table papers.step
  drop constraint step_act_check,
  add constraint step_act_check check (act in ('draft', 'renew', 'submit', 'approve', 'return', 'issue', 'void')),
  add constraint void_says_why check (act <> 'void' or says is not null);

-- 送达: an issued paper as it went to a county, which signs for it, or to the public. `from_id` is the office it is of.
create table papers.copy (
  county_id    integer not null,
  paper_id     bigint not null,
  from_id      integer not null,
  public       boolean not null,
  template     text not null,
  title        text not null,
  as_of        date not null,
  plan_version text not null,
  document     jsonb not null,
  hash         text not null,
  doc_number   text not null,
  issued_on    date not null,
  file_id      uuid not null,
  voided_on    date,
  void_reason  text,
  received_at  timestamptz,
  received_by  text,
  receiver     text,
  primary key (county_id, paper_id),
  check (num_nulls(received_at, received_by, receiver) in (0, 3)),
  check (not public or received_at is null)
);

-- 排版件: a paper laid out as pages, by the hash of what it says: what is laid out once is not laid out again.
create table papers.rendering (
  county_id  integer not null,
  paper_id   bigint not null,
  hash       text not null check (hash ~ '^[0-9a-f]{64}$'),
  pdf_sha256 text not null check (pdf_sha256 ~ '^[0-9a-f]{64}$'),
  file_id    uuid not null,
  made_at    timestamptz not null default now(),
  primary key (county_id, paper_id, hash)
);

-- phase: distribute
select create_distributed_table('papers.' || t, 'county_id') from unnest(array['copy', 'rendering']) as t;

-- phase: foreign keys
alter table papers.copy add foreign key (county_id) references registry.county (county_id);
alter table papers.rendering add foreign key (county_id, paper_id) references papers.paper (county_id, paper_id);

-- phase: policies
alter table papers.copy enable row level security;
alter table papers.copy force row level security;
create policy own_counties on papers.copy for all to kuoyou_app
  using (county_id = any (access.counties()) and (select access.whole()))
  with check (county_id = any (access.counties()) and (select access.whole()));
alter table papers.rendering enable row level security;
alter table papers.rendering force row level security;
create policy own_counties on papers.rendering for all to kuoyou_app
  using (county_id = any (access.counties()) and (select access.whole()))
  with check (county_id = any (access.counties()) and (select access.whole()));
create policy public_notices on papers.copy for select to kuoyou_app using (public);
-- nobody signs for a paper with another's name
create policy own_name on papers.copy as restrictive for update to kuoyou_app
  with check (receiver is null or receiver = access.actor() or voided_on is not null);

-- phase: grants
grant select, insert on papers.copy, papers.rendering to kuoyou_app;
grant update (voided_on, void_reason, received_at, received_by, receiver) on papers.copy to kuoyou_app;
grant update (voided_on, void_reason) on papers.paper to kuoyou_app;
