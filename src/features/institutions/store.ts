import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { InstitutionRow, ListQuery, UnitList } from './contract.ts'

/** 县域 — the counties within the scope; the city itself is not one. */
export async function listOwnCounties(tx: Tx): Promise<{ countyId: number; name: string; code: string }[]> {
  const { rows } = await sql<{ countyId: number; name: string; code: string }>`
    select county_id as "countyId", name, code from registry.county
     where kind = 'county' and county_id = any (access.counties()) order by code`.execute(tx)
  return rows
}

/** 下级单位 — what stands directly under a unit in the administrative tree. */
export async function listChildren(tx: Tx, parentId: number): Promise<UnitList> {
  const { rows } = await sql<UnitList[number]>`
    select unit.unit_id as "unitId", unit.county_id as "countyId", unit.kind, unit.code, unit.name,
           exists (select from book.unit_link as below
                    where below.county_id = unit.county_id and below.tree = 'administrative'
                      and below.parent_id = unit.unit_id) as parent
      from book.unit_link as link
      join book.unit on unit.county_id = link.county_id and unit.unit_id = link.child_id
     where link.tree = 'administrative' and link.parent_id = ${parentId}
     order by unit.code`.execute(tx)
  return rows
}

/** 单位名 — of a unit that stands on the day; undefined when there is none in sight. */
export async function findUnitName(tx: Tx, unitId: number): Promise<string | undefined> {
  const { rows } = await sql<{ name: string }>`
    select name from book.unit where unit_id = ${unitId}`.execute(tx)
  return rows[0]?.name
}

/** 列表范围 — the conditions of a list. */
export interface Listing extends ListQuery {
  readonly cityId: number
}

/**
 * 机构列表 — a page of the institutions open on the day, with the pupils, classes and teachers of the last
 * school year that at least half of them have filed; what one has not filed is null.
 */
export async function listRows(
  tx: Tx,
  listing: Listing,
): Promise<{ total: number; year: number | null; rows: InstitutionRow[] }> {
  await sql`set local enable_nestloop = off; set local enable_mergejoin = off`.execute(tx)
  const year = await lastFiledYear(tx, listing.county)
  const { page = 1, pageSize = 100 } = listing
  const { rows } = await sql<InstitutionRow & { total: number }>`
    with pupils as (
      select county_id, institution_id, sum(pupils)::integer as pupils,
             case when count(classes) = count(*) then sum(classes)::integer end as classes
        from book.enrolment where school_year = ${year} group by county_id, institution_id
    ), staff as (
      select county_id, institution_id, sum(teachers)::integer as teachers
        from book.staff_count where school_year = ${year} group by county_id, institution_id
    ), place as (
      select unit.county_id, unit.unit_id,
             case when unit.kind = 'township' then unit.unit_id else above.parent_id end as township_id
        from book.unit
        left join book.unit_link as above
          on above.county_id = unit.county_id and above.child_id = unit.unit_id and above.tree = 'administrative'
    )
    select institution.institution_id as "institutionId", institution.code, institution.name, institution.kind,
           institution.sector, institution.public_interest as "publicInterest", county.name as county,
           township.name as township, pupils.pupils, pupils.classes, staff.teachers,
           count(*) over ()::integer as total
      from book.institution
      join registry.county on county.county_id = institution.county_id
      left join place on place.county_id = institution.county_id and place.unit_id = institution.unit_id
      left join book.unit as township
        on township.county_id = place.county_id and township.unit_id = place.township_id
      left join pupils
        on pupils.county_id = institution.county_id and pupils.institution_id = institution.institution_id
      left join staff
        on staff.county_id = institution.county_id and staff.institution_id = institution.institution_id
     where ${sql.join(conditionsOf(listing), sql` and `)}
     order by county.code, township.code nulls last, institution.kind, institution.code
     limit ${pageSize} offset ${(page - 1) * pageSize}`.execute(tx)
  const total = rows[0]?.total ?? 0
  return { total, year, rows: rows.map(({ total: _, ...row }) => row) }
}

/**
 * A year just begun holds the first returns only: the last one that at least half of the fullest year has. Counted in
 * the county asked for, where there is one: counting the whole city's returns is most of what a list costs.
 */
async function lastFiledYear(tx: Tx, county: number | undefined): Promise<number | null> {
  const { rows } = await sql<{ year: number | null }>`
    with filed as (
      select school_year, count(distinct institution_id) as institutions from book.enrolment
       where ${county === undefined ? sql`true` : sql`county_id = ${county}`} group by school_year)
    select max(school_year) as year from filed
     where institutions * 2 >= (select max(institutions) from filed)`.execute(tx)
  return rows[0]?.year ?? null
}

function conditionsOf({ county, unit, stage, kind, sector, text, cityId }: Listing): RawBuilder<unknown>[] {
  return [
    sql`true`,
    ...(county === undefined ? [] : [sql`institution.county_id = ${county}`]),
    ...(unit === undefined || unit === cityId ? [] : [withinUnit(unit)]),
    ...(stage === undefined ? [] : [sql`${stage} = any (institution.stages)`]),
    ...(kind === undefined ? [] : [sql`institution.kind = ${kind}`]),
    ...(sector === undefined ? [] : [sql`institution.sector = ${sector}`]),
    ...(text === undefined || text.trim() === '' ? [] : [answersTo(text.trim().toLowerCase())]),
  ]
}

/** Under a county, township or village, or a member of a group, catchment, centre or inspection area. */
function withinUnit(unit: number): RawBuilder<unknown> {
  return sql`(institution.county_id = ${unit}::bigint or institution.unit_id = ${unit} or place.township_id = ${unit}
    or exists (select from book.membership
                where membership.county_id = institution.county_id and membership.unit_id = ${unit}
                  and membership.institution_id = institution.institution_id))`
}

function answersTo(text: string): RawBuilder<unknown> {
  const part = `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
  return sql`(lower(institution.name) like ${part} or institution.initials like ${part} or institution.code like ${part})`
}

/** 所属关系 — the groups, catchments, centres and areas an institution belongs to on the day. */
export async function listBelonging(
  tx: Tx,
  institutionId: number,
): Promise<{ tree: string; unit: string; role: string; since: string }[]> {
  const { rows } = await sql<{ tree: string; unit: string; role: string; since: string }>`
    select membership.tree, unit.name as unit, membership.role, lower(membership.valid) as since
      from book.membership
      join book.unit on unit.county_id = membership.county_id and unit.unit_id = membership.unit_id
     where membership.institution_id = ${institutionId} order by membership.tree`.execute(tx)
  return rows
}

/** 所在地 — from the village or township an institution stands in up to its county, in words. */
export async function placeWords(tx: Tx, unitId: number): Promise<string> {
  const { rows } = await sql<{ name: string }>`
    with recursive above as (
      select ${unitId}::bigint as unit_id, 0 as step
      union all
      select link.parent_id, above.step + 1 from above
        join book.unit_link as link on link.child_id = above.unit_id and link.tree = 'administrative'
       where above.step < 4)
    select unit.name from above join book.unit using (unit_id)
     where unit.kind <> 'city' order by above.step desc`.execute(tx)
  return rows.map(({ name }) => name).join(' ')
}

/** 口径日 — the day this transaction reads the books as of. */
export async function readDay(tx: Tx): Promise<string> {
  const { rows } = await sql<{ day: string }>`select book.as_of() as day`.execute(tx)
  return rows[0]!.day
}
