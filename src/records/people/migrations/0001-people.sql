-- phase: tables
-- 人员台账: children, guardians and staff. What names or reaches a person is sealed field by field (*_sealed), found
-- again by a keyed digest (*_index); what every column is for stands in field-inventory.ts.
create schema people;
-- What only named users may read (health, disability, placement in a specialized school): own schema, own key.
create schema people_sealed;
create sequence people.person_serial;

create table people.person (
  county_id       integer not null,
  person_id       bigint not null,
  document_kind   text not null check (document_kind in ('resident', 'hong-kong-macau', 'taiwan', 'foreign-resident', 'passport')),
  document_sealed bytea not null,
  document_index  bytea not null,
  name_sealed     bytea not null,
  name_index      bytea not null,
  initials        text not null,
  birth_sealed    bytea,
  birth_year      smallint check (birth_year between 1900 and 2200),
  sex             text check (sex in ('male', 'female')),
  phone_sealed    bytea,
  phone_index     bytea,
  address_sealed  bytea,
  recorded_by     text not null,
  recorded_at     timestamptz not null default now(),
  primary key (county_id, person_id),
  constraint person_one_document unique (county_id, document_index)
);
create index person_by_name on people.person (county_id, name_index);
create index person_by_phone on people.person (county_id, phone_index) where phone_index is not null;
create index person_by_initials on people.person (county_id, initials text_pattern_ops);

-- 解封盐: mixed into the key of everything sealed about a person; once gone, no copy of those values can be opened.
create table people.subject_salt (
  county_id integer not null,
  person_id bigint not null,
  salt      bytea not null check (length(salt) = 16),
  primary key (county_id, person_id)
);

-- 学籍: where a child is on roll, one place on any day.
create table people.enrolment_record (
  county_id      integer not null,
  record_id      bigint generated always as identity,
  person_id      bigint not null,
  institution_id bigint not null,
  grade          text not null,
  class_no       smallint check (class_no > 0),
  valid          daterange not null,
  recorded_by    text not null,
  recorded_at    timestamptz not null default now(),
  primary key (county_id, record_id),
  constraint enrolment_record_one_place exclude using gist (county_id with =, person_id with =, valid with &&),
  check (not isempty(valid))
);
create index enrolment_record_by_school on people.enrolment_record (county_id, institution_id);

-- 监护关系: who answers for a child.
create table people.guardian_link (
  county_id   integer not null,
  link_id     bigint generated always as identity,
  child_id    bigint not null,
  guardian_id bigint not null,
  relation    text not null check (relation in ('father', 'mother', 'grandparent', 'other')),
  valid       daterange not null,
  recorded_by text not null,
  recorded_at timestamptz not null default now(),
  primary key (county_id, link_id),
  constraint guardian_link_once exclude using gist (county_id with =, child_id with =, guardian_id with =, valid with &&),
  check (child_id <> guardian_id and not isempty(valid))
);
create index guardian_link_by_guardian on people.guardian_link (county_id, guardian_id);

-- 任职: where a member of staff works, and as what.
create table people.staff_post (
  county_id      integer not null,
  post_id        bigint generated always as identity,
  person_id      bigint not null,
  institution_id bigint not null,
  post           text not null,
  valid          daterange not null,
  recorded_by    text not null,
  recorded_at    timestamptz not null default now(),
  primary key (county_id, post_id),
  constraint staff_post_once exclude using gist (county_id with =, person_id with =, institution_id with =, post with =, valid with &&),
  check (not isempty(valid))
);
create index staff_post_by_person on people.staff_post (county_id, person_id);

-- 同意书: a guardian's consent for a child under 14, to one version of the children's notice; withdrawn, not deleted.
create table people.consent (
  county_id      integer not null,
  consent_id     bigint generated always as identity,
  child_id       bigint not null,
  guardian_id    bigint not null,
  notice_version text not null,
  given_at       timestamptz not null,
  channel        text not null check (channel in ('paper', 'online', 'in-person')),
  received_by    text not null,
  withdrawn_at   timestamptz,
  withdrawn_by   text,
  primary key (county_id, consent_id),
  check ((withdrawn_at is null) = (withdrawn_by is null) and (withdrawn_at is null or withdrawn_at >= given_at))
);
create unique index consent_once on people.consent (county_id, child_id, guardian_id, notice_version) where withdrawn_at is null;

-- 查看记录: who looked at whom, what for; written in the very transaction that reads.
create table people.access_record (
  county_id    integer not null,
  access_id    bigint generated always as identity,
  person_id    bigint not null,
  account      text not null,
  account_name text not null,
  act          text not null check (act in ('view', 'unmask', 'export', 'view-sealed')),
  field        text,
  purpose      text,
  at           timestamptz not null default now(),
  primary key (county_id, access_id)
);
create index access_record_by_person on people.access_record (county_id, person_id, at desc);

-- 已删名单: whose data were erased, by digest alone; applied again after a backup is restored.
create table people.erasure (
  county_id    integer not null,
  subject_hash bytea not null check (length(subject_hash) = 32),
  reason       text not null check (reason in ('retention', 'request', 'consent-withdrawn')),
  erased_by    text not null,
  erased_at    timestamptz not null default now(),
  primary key (county_id, subject_hash)
);

-- 到期清理记录: each run of the retention job and what it removed.
create table people.retention_run (
  county_id integer not null,
  run_id    bigint generated always as identity,
  on_day    date not null,
  removed   jsonb not null,
  ran_at    timestamptz not null default now(),
  primary key (county_id, run_id)
);

-- 敏感情况: what kind it is stands inside the sealed content, so that the row itself tells nothing.
create table people_sealed.condition (
  county_id      integer not null,
  condition_id   bigint not null,
  person_id      bigint not null,
  content_sealed bytea not null,
  recorded_by    text not null,
  recorded_at    timestamptz not null default now(),
  primary key (county_id, condition_id)
);
create index condition_by_person on people_sealed.condition (county_id, person_id);
create sequence people_sealed.condition_serial;

-- 指定查阅人: the only accounts before whom the rows above open; named by the platform, never by a room.
create table people_sealed.named_user (
  county_id integer not null,
  account   text not null,
  named_by  text not null,
  reason    text not null,
  until     date not null,
  named_at  timestamptz not null default now(),
  primary key (county_id, account)
);

-- phase: distribute
select create_distributed_table('people.' || t, 'county_id')
  from unnest(array['person', 'subject_salt', 'enrolment_record', 'guardian_link', 'staff_post', 'consent', 'access_record', 'erasure', 'retention_run']) as t;
select create_distributed_table('people_sealed.' || t, 'county_id') from unnest(array['condition', 'named_user']) as t;

-- phase: foreign keys
alter table people.person add foreign key (county_id) references registry.county (county_id);
alter table people.subject_salt add foreign key (county_id, person_id) references people.person (county_id, person_id);
alter table people.enrolment_record add foreign key (county_id, person_id) references people.person (county_id, person_id);
alter table people.staff_post add foreign key (county_id, person_id) references people.person (county_id, person_id);
alter table people.guardian_link add foreign key (county_id, child_id) references people.person (county_id, person_id);
alter table people.guardian_link add foreign key (county_id, guardian_id) references people.person (county_id, person_id);
alter table people.consent add foreign key (county_id, child_id) references people.person (county_id, person_id);
alter table people.consent add foreign key (county_id, guardian_id) references people.person (county_id, person_id);
alter table people_sealed.condition add foreign key (county_id, person_id) references people.person (county_id, person_id);

-- phase: policies
do $$
declare
  t text;
  own constant text := '(access.every_institution() or institution_id = any (access.institutions()))';
begin
  foreach t in array array['person', 'subject_salt', 'enrolment_record', 'guardian_link', 'staff_post', 'consent', 'access_record', 'erasure', 'retention_run'] loop
    execute format('alter table people.%I enable row level security', t);
    execute format('alter table people.%I force row level security', t);
    execute format('create policy own_counties on people.%I for all to kuoyou_app
      using (county_id = any (access.counties())) with check (county_id = any (access.counties()))', t);
  end loop;
  foreach t in array array['enrolment_record', 'staff_post'] loop
    execute format('create policy own_institutions on people.%I as restrictive for all to kuoyou_app using (%s) with check (%s)', t, own, own);
  end loop;
  -- A school sees its pupils and staff, and the guardians of its pupils: those whose rows above it sees.
  foreach t in array array['select', 'update', 'delete'] loop
    execute format('create policy own_people_%1$s on people.person as restrictive for %1$s to kuoyou_app using (
      access.every_institution() or exists (select from people.enrolment_record r where r.county_id = person.county_id and r.person_id = person.person_id)
      or exists (select from people.staff_post s where s.county_id = person.county_id and s.person_id = person.person_id)
      or exists (select from people.guardian_link g join people.enrolment_record r on r.county_id = g.county_id and r.person_id = g.child_id
                  where g.county_id = person.county_id and g.guardian_id = person.person_id))', t);
  end loop;
end $$;

alter table people_sealed.condition enable row level security;
alter table people_sealed.condition force row level security;
create policy own_counties on people_sealed.condition for all to kuoyou_app
  using (county_id = any (access.counties())) with check (county_id = any (access.counties()));
-- app.upkeep is set by the keepers of the book alone: sealing anew under a new key, erasing.
create policy named_users_only on people_sealed.condition as restrictive for select to kuoyou_app
  using (coalesce(current_setting('app.upkeep', true), '') = 'on'
    or exists (select from people_sealed.named_user u where u.county_id = condition.county_id
    and u.account = nullif(access.actor(), '') and u.until >= (now() at time zone 'Asia/Shanghai')::date));
alter table people_sealed.named_user enable row level security;
alter table people_sealed.named_user force row level security;
create policy own_counties on people_sealed.named_user for all to kuoyou_app
  using (county_id = any (access.counties())) with check (county_id = any (access.counties()));

-- phase: grants
do $$ begin
  if not exists (select 1 from pg_roles where rolname = 'kuoyou_platform') then create role kuoyou_platform nologin; end if;
end $$;
grant usage on schema people, people_sealed to kuoyou_app;
grant usage on all sequences in schema people, people_sealed to kuoyou_app;
grant select, insert, delete on people.person, people.subject_salt, people.enrolment_record, people.guardian_link,
  people.staff_post, people.consent, people_sealed.condition to kuoyou_app;
grant update (document_sealed, document_index, name_sealed, name_index, initials, birth_sealed, birth_year, sex, phone_sealed,
  phone_index, address_sealed) on people.person to kuoyou_app;
grant update (valid) on people.enrolment_record, people.guardian_link, people.staff_post to kuoyou_app;
grant update (withdrawn_at, withdrawn_by) on people.consent to kuoyou_app;
grant update (content_sealed) on people_sealed.condition to kuoyou_app;
-- Written once, never changed.
grant select, insert on people.access_record, people.erasure, people.retention_run to kuoyou_app;
-- Rooms read who is named; only the platform names.
grant select on people_sealed.named_user to kuoyou_app;
grant usage on schema people_sealed to kuoyou_platform;
grant select, insert, update on people_sealed.named_user to kuoyou_platform;
create policy platform_names on people_sealed.named_user for all to kuoyou_platform using (true) with check (true);
