import { type RawBuilder, sql } from 'kysely'
import type { FormSubject } from '../../plan/index.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { Subject } from './subject.ts'

/**
 * 应报单位 — whom a form speaks of on a day: from the registry alone, so that who files nothing is not forgotten.
 *
 * 乡村 is code 2xx of the statistical urban–rural classification of the day, 城镇 is 1xx. One id narrows the list.
 */
export async function listSubjects(
  tx: Tx,
  subject: FormSubject,
  day: string,
  id?: number,
): Promise<Subject[]> {
  const { rows } = await subjectsOn(subject, day, id).execute(tx)
  return rows
}

/** 应报单位的语句 — for statements that count rather than list; columns `countyId`, `kind`, `id`, `name`. */
export function subjectsOn(subject: FormSubject, day: string, id?: number): RawBuilder<Subject> {
  return subject.each === 'institution' ? institutions(subject, day, id) : units(subject.each, day, id)
}

type InstitutionSubject = Extract<FormSubject, { each: 'institution' }>

function institutions({ kinds, stages, sector, area }: InstitutionSubject, day: string, id?: number) {
  return sql<Subject>`
    select county_id as "countyId", 'institution' as kind, institution_id as id, name
      from book.institution_dates
     where valid @> ${day}::date
       ${when(kinds, (all) => sql`and kind = any (${all}::text[])`)}
       ${when(stages, (all) => sql`and stages && ${all}::text[]`)}
       ${when(sector, (one) => sql`and sector = ${one}`)}
       ${when(area, (one) => sql`and urban_rural like ${one === 'rural' ? '2%' : '1%'}`)}
       ${when(id, (one) => sql`and institution_id = ${one}`)}
     order by county_id, institution_id`
}

function units(kind: 'township' | 'county', day: string, id?: number) {
  return sql<Subject>`
    select county_id as "countyId", kind, unit_id as id, name
      from book.unit_dates
     where kind = ${kind} and valid @> ${day}::date ${when(id, (one) => sql`and unit_id = ${one}`)}
     order by county_id, unit_id`
}

function when<T>(given: T | undefined, part: (given: T) => RawBuilder<unknown>): RawBuilder<unknown> {
  return given === undefined ? sql`` : part(given)
}
