import { sql } from 'kysely'
import type { Tx } from '../../platform/db/transaction-client.ts'

/** 县域 — a county, by its unit id and name. */
export interface Place {
  readonly unitId: number
  readonly name: string
}

/** 各县 — the counties within the scope, in the order of their codes; the city itself is not among them. */
export async function listPlaces(tx: Tx): Promise<Place[]> {
  const { rows } = await sql<Place>`
    select county_id as "unitId", name from registry.county
     where kind = 'county' and county_id = any (access.counties()) order by code`.execute(tx)
  return rows
}

/** 填报情况 — of how many institutions running on a year's statistical day a county's book holds pupils. */
export interface Filing {
  readonly unitId: number
  readonly year: number
  readonly due: number
  readonly filed: number
}

/** 各年填报 — for every school year of which any pupils are filed. */
export async function listFilings(tx: Tx): Promise<Filing[]> {
  const { rows } = await sql<Filing>`
    with filed as (select distinct county_id, institution_id, school_year from book.enrolment),
         years as (select distinct school_year from filed)
    select institution.county_id as "unitId", years.school_year as year,
           count(*)::integer as due, count(filed.institution_id)::integer as filed
      from years
      join book.institution_dates as institution on institution.valid @> make_date(years.school_year, 9, 1)
      left join filed on filed.county_id = institution.county_id
        and filed.institution_id = institution.institution_id and filed.school_year = years.school_year
     group by institution.county_id, years.school_year`.execute(tx)
  return rows
}
