-- phase: tables
-- 存疑说明: why a doubtful figure stands, said of the values that stood there; other values want another word.
create table returns.explanation (
  county_id      integer not null,
  filing_id      bigint not null,
  institution_id bigint,
  check_id       text not null,
  line           integer not null,
  -- the doubted values as they stood
  found          jsonb not null,
  says           text not null,
  said_by        text not null,
  said_at        timestamptz not null default now(),
  primary key (county_id, filing_id, check_id, line)
);

-- 待核: who asks about a cell and why; who answered what. An answered one stays.
create table returns.mark (
  county_id      integer not null,
  mark_id        bigint generated always as identity,
  filing_id      bigint not null,
  institution_id bigint,
  line           integer not null,
  field          text not null,
  why            text not null,
  marked_by      text not null,
  marked_at      timestamptz not null default now(),
  resolution     text,
  resolved_by    text,
  resolved_at    timestamptz,
  primary key (county_id, mark_id),
  check (num_nulls(resolution, resolved_by, resolved_at) in (0, 3))
);
create index mark_of_filing on returns.mark (county_id, filing_id);

-- 催报: who reminded whom of which form and period; at most once a day.
create table returns.reminder (
  county_id      integer not null,
  reminder_id    bigint generated always as identity,
  form_id        text not null,
  period         text not null,
  subject_kind   text not null check (subject_kind in ('institution', 'township', 'county')),
  subject_id     bigint not null,
  institution_id bigint check ((subject_kind = 'institution') = (institution_id is not null)),
  reminded_on    date not null,
  reminded_by    text not null,
  reminded_at    timestamptz not null default now(),
  primary key (county_id, reminder_id),
  constraint reminder_once_a_day unique (county_id, form_id, period, subject_kind, subject_id, reminded_on)
);

-- phase: distribute
select create_distributed_table('returns.' || t, 'county_id')
  from unnest(array['explanation', 'mark', 'reminder']) as t;

-- phase: foreign keys
alter table returns.explanation add foreign key (county_id, filing_id) references returns.filing (county_id, filing_id);
alter table returns.mark add foreign key (county_id, filing_id) references returns.filing (county_id, filing_id);
alter table returns.reminder add foreign key (county_id) references registry.county (county_id);

-- phase: views
-- 在办填报: what stands in every filing now, approved or not, line by line: what checks across filings compare.
create view book.filing_in_hand with (security_invoker = true) as
  select f.county_id, f.filing_id, f.form_id, f.version, f.period, f.subject_kind, f.subject_id, f.phase, a.line,
         jsonb_object_agg(a.field, a.value) as answers
    from returns.filing as f join returns.answer as a using (county_id, filing_id)
   group by f.county_id, f.filing_id, a.line;

-- phase: policies
do $$
declare t text;
begin
  foreach t in array array['explanation', 'mark', 'reminder'] loop
    execute format('alter table returns.%I enable row level security', t);
    execute format('alter table returns.%I force row level security', t);
    execute format('create policy own_counties on returns.%1$I for all to kuoyou_app
      using (county_id = any (access.counties()) and ((select access.whole()) or returns.reaches(county_id, institution_id)))
      with check (county_id = any (access.counties()) and ((select access.whole()) or returns.reaches(county_id, institution_id)))', t);
  end loop;
end $$;

-- phase: grants
grant select, insert on returns.explanation, returns.mark, returns.reminder to kuoyou_app;
grant update (found, says, said_by, said_at) on returns.explanation to kuoyou_app;
grant update (resolution, resolved_by, resolved_at) on returns.mark to kuoyou_app;
grant usage on all sequences in schema returns to kuoyou_app;
grant select on book.filing_in_hand to kuoyou_app;
