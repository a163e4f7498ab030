import { sql } from 'kysely'
import { censusDay, type SchoolYear } from '../../../kernel/school-year.ts'
import type { Stage } from '../../../kernel/stage.ts'
import type { Tx } from '../../../platform/db/transaction-client.ts'

/** 容量 — what an institution has for a stage in a school year; null = at least one campus has not stated it. */
export interface Capacity {
  readonly countyId: number
  readonly institutionId: number
  readonly stage: Stage
  readonly schoolYear: SchoolYear
  readonly rooms: number | null
  readonly approvedCapacity: number | null
  readonly boardingBeds: number | null
}

/**
 * 容量 — classrooms and approved seats per institution and stage on 1 September of each year asked for.
 *
 * Years ahead contain the openings, closings and campuses the books already know. An institution without
 * premises in the book has no row: its capacity is missing, not 0.
 */
export async function readCapacity(tx: Tx, years: readonly SchoolYear[]): Promise<Capacity[]> {
  const { rows } = await sql<Capacity>`
    select p.county_id as "countyId", p.institution_id as "institutionId", p.stage, y.year as "schoolYear",
           case when count(rooms) = count(*) then sum(rooms) end as rooms,
           case when count(approved_capacity) = count(*) then sum(approved_capacity) end as "approvedCapacity",
           case when count(boarding_beds) = count(*) then sum(boarding_beds) end as "boardingBeds"
      from unnest(${years}::integer[], ${years.map(censusDay)}::date[]) as y (year, day)
      join book.premises_dates p on p.valid @> y.day
     group by 1, 2, 3, 4 order by 2, 3, 4`.execute(tx)
  return rows
}
