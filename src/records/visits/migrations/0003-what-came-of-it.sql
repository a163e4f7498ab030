-- phase: tables
-- 入校所立: which findings were entered, or opened again, from which visit; nothing here is ever changed.
create table visits.led_to (
  county_id      integer not null,
  visit_id       bigint not null,
  finding_id     bigint not null,
  institution_id bigint not null,
  noted_on       date not null,
  noted_at       timestamptz not null,
  primary key (county_id, visit_id, finding_id)
);
create index led_to_finding on visits.led_to (county_id, finding_id);

-- phase: distribute
select create_distributed_table('visits.led_to', 'county_id');

-- phase: foreign keys
alter table visits.led_to add foreign key (county_id, visit_id) references visits.visit (county_id, visit_id);
alter table visits.led_to add foreign key (county_id, finding_id) references findings.finding (county_id, finding_id);

-- phase: views
create view book.visit_findings with (security_invoker = true) as
  select * from visits.led_to
   where noted_on <= (select book.as_of()) and noted_at <= (select book.known_at());

-- phase: policies
alter table visits.led_to enable row level security;
alter table visits.led_to force row level security;
create policy own_counties on visits.led_to for all to kuoyou_app
  using (county_id = any ((select access.counties())::integer[])
    and ((select access.whole()) or returns.reaches(county_id, institution_id)))
  with check (county_id = any ((select access.counties())::integer[])
    and ((select access.whole()) or returns.reaches(county_id, institution_id)));

-- phase: grants
grant select, insert on visits.led_to to kuoyou_app;
grant select on book.visit_findings to kuoyou_app;
