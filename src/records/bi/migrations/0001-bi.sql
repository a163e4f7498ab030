-- phase: tables
-- 分析视图: what BI tools may read, and nothing else. kuoyou_bi sees only these views; they are read with the eyes of
-- kuoyou_bi_reader, which nobody logs in as. People are counted by county only, and small counts are withheld.
do $$
declare wanted text;
begin
  foreach wanted in array array['kuoyou_bi', 'kuoyou_bi_reader'] loop
    begin
      if not exists (select 1 from pg_roles where rolname = wanted) then
        execute format('create role %I nologin', wanted);
      end if;
    exception when duplicate_object or unique_violation then null;
    end;
  end loop;
  if not pg_has_role(current_user, 'kuoyou_bi_reader', 'usage') then
    execute format('grant kuoyou_bi_reader to %I', current_user);
  end if;
end $$;
create schema bi;
grant usage on schema registry to kuoyou_bi_reader;
grant usage, create on schema bi to kuoyou_bi_reader;
grant usage on schema bi to kuoyou_bi;

-- phase: views
-- They read the tables themselves: the books' own views would be read with the eyes of whoever asks.
create view bi.county as
  select county_id, code, name from registry.county;

create view bi.institution as
  select county_id, institution_id, code, name, kind, stages, sector, public_interest, urban_rural
    from registry.institution
   where valid @> (now() at time zone 'Asia/Shanghai')::date and (held is null or held @> (now() at time zone 'Asia/Shanghai')::date) and known_to = 'infinity';

-- 在校生: by county, school year, stage and grade. Where any grade of a stage has 1 to 9 pupils, all its grades are
-- withheld, and those of the county with the next fewest as well: no total known from elsewhere gives them away.
create view bi.enrolment as
  with grade as (
    select e.county_id, e.school_year, left(e.grade, 1) as stage, e.grade, sum(e.pupils) as pupils,
           sum(e.classes) as classes, count(distinct e.institution_id) as institutions
      from registry.enrolment e
     where make_date(e.school_year, 9, 1) <= (now() at time zone 'Asia/Shanghai')::date and (e.held is null or e.held @> (now() at time zone 'Asia/Shanghai')::date)
       and e.known_to = 'infinity'
     group by 1, 2, 3, 4
  ), county as (
    select county_id, school_year, stage, bool_or(pupils between 1 and 9) as small, sum(pupils) as pupils
      from grade group by 1, 2, 3
  ), ranked as (
    select *, count(*) filter (where small) over one_stage as smalls,
           row_number() over (partition by school_year, stage, small order by pupils, county_id) as place
      from county window one_stage as (partition by school_year, stage)
  )
  select g.county_id, g.school_year, g.stage, g.grade,
         case when not withheld then g.pupils end as pupils, g.classes, g.institutions, withheld
    from grade g join ranked r using (county_id, school_year, stage),
         lateral (select r.small or (r.smalls = 1 and r.place = 1) as withheld) as judged;

-- 专任教师: by county, school year and stage, under the same rule.
create view bi.staff as
  with county as (
    select county_id, school_year, stage, sum(teachers) as teachers
      from registry.staff_count
     where subject = 'all' and make_date(school_year, 9, 1) <= (now() at time zone 'Asia/Shanghai')::date and (held is null or held @> (now() at time zone 'Asia/Shanghai')::date)
       and known_to = 'infinity'
     group by 1, 2, 3
  ), ranked as (
    select *, teachers between 1 and 9 as small,
           count(*) filter (where teachers between 1 and 9) over (partition by school_year, stage) as smalls,
           row_number() over (partition by school_year, stage, teachers between 1 and 9 order by teachers, county_id) as place
      from county
  )
  select county_id, school_year, stage, case when not withheld then teachers end as teachers, withheld
    from ranked, lateral (select small or (smalls = 1 and place = 1) as withheld) as judged;

-- phase: policies
do $$
declare t text;
begin
  foreach t in array array['institution', 'enrolment', 'staff_count'] loop
    execute format('create policy bi_reads on registry.%I for select to kuoyou_bi_reader using (true)', t);
  end loop;
end $$;

-- phase: grants
grant select on registry.county, registry.institution, registry.enrolment, registry.staff_count to kuoyou_bi_reader;
do $$
declare v text;
begin
  foreach v in array array['county', 'institution', 'enrolment', 'staff'] loop
    execute format('alter view bi.%I owner to kuoyou_bi_reader', v);
    execute format('grant select on bi.%I to kuoyou_bi', v);
  end loop;
end $$;
revoke create on schema bi from kuoyou_bi_reader;
