-- The views as 0001 made them.
create or replace view bi.enrolment as
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

create or replace view bi.staff as
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
