-- phase: views
-- 在校生: as before by county, school year, stage and grade, small grades withheld with all grades of their stage. New:
-- counties are withheld, the smallest first, until in every grade with a small count the withheld ones have together
-- ten more than the one pupil anyone may suppose at each school; two counties of three and four pupils do not cover
-- each other. The classes of a withheld county are withheld too: a class has at least one pupil.
create or replace view bi.enrolment as
  with grade as (
    select e.county_id, e.school_year, left(e.grade, 1) as stage, e.grade, sum(e.pupils) as pupils,
           sum(e.classes) as classes, count(distinct e.institution_id) as institutions
      from registry.enrolment e
     where make_date(e.school_year, 9, 1) <= (now() at time zone 'Asia/Shanghai')::date and (e.held is null or e.held @> (now() at time zone 'Asia/Shanghai')::date)
       and e.known_to = 'infinity'
     group by 1, 2, 3, 4
  ), counted as (
    select *, bool_or(pupils between 1 and 9) over county as small, sum(pupils) over county as of_county,
           bool_or(pupils between 1 and 9) over (partition by school_year, grade) as needs_cover
      from grade window county as (partition by county_id, school_year, stage)
  ), ranked as (
    select *, dense_rank() over (partition by school_year, stage order by small desc, of_county, county_id) as place
      from counted
  ), covered as (
    select *, sum(greatest(pupils - institutions, 0)) over (partition by school_year, grade order by place) as cover
      from ranked
  ), enough as (
    select *, case when needs_cover then coalesce(min(place) filter (where cover >= 10) over one_grade, max(place) over one_grade) end as places
      from covered window one_grade as (partition by school_year, grade)
  ), needed as (
    select *, max(greatest(places, 2)) filter (where needs_cover) over (partition by school_year, stage) as withheld_places
      from enough
  )
  select county_id, school_year, stage, grade, case when not withheld then pupils end as pupils,
         case when not withheld then classes end as classes, institutions, withheld
    from needed, lateral (select small or coalesce(place <= withheld_places, false) as withheld) as judged;

-- 专任教师: by county, school year and stage, under the same rule.
create or replace view bi.staff as
  with county as (
    select county_id, school_year, stage, sum(teachers) as teachers
      from registry.staff_count
     where subject = 'all' and make_date(school_year, 9, 1) <= (now() at time zone 'Asia/Shanghai')::date and (held is null or held @> (now() at time zone 'Asia/Shanghai')::date)
       and known_to = 'infinity'
     group by 1, 2, 3
  ), ranked as (
    select *, teachers between 1 and 9 as small, bool_or(teachers between 1 and 9) over one_stage as needs_cover,
           row_number() over (partition by school_year, stage order by teachers between 1 and 9 desc, teachers, county_id) as place
      from county window one_stage as (partition by school_year, stage)
  ), covered as (
    select *, sum(greatest(teachers - 1, 0)) over (partition by school_year, stage order by place) as cover
      from ranked
  ), needed as (
    select *, case when needs_cover then
                greatest(coalesce(min(place) filter (where cover >= 10) over one_stage, max(place) over one_stage), 2)
              end as withheld_places
      from covered window one_stage as (partition by school_year, stage)
  )
  select county_id, school_year, stage, case when not withheld then teachers end as teachers, withheld
    from needed, lateral (select small or coalesce(place <= withheld_places, false) as withheld) as judged;
