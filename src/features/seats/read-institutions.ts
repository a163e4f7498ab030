import { sql } from 'kysely'
import type { SchoolYear } from '../../kernel/school-year.ts'
import { gradesOf, type Stage } from '../../kernel/stage.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { type GatheringKind, placeInstitutions } from '../../records/registry/reads/place-institutions.ts'
import type { UnitRef } from './contract.ts'
import type { StagePremises } from './seat-supply.ts'

/** 机构与学段 — an institution's premises of one stage on 1 September of a year, with the pupils filed. */
export interface InstitutionStage extends StagePremises {
  readonly institutionId: number
  /** Pupils of the last year filed up to that year, and which year that is; null where none was filed. */
  readonly pupils: number | null
  readonly pupilsYear: number | null
}

/**
 * 读辖区机构 — the institutions of a stage in a unit, as the books stand on the day they are read.
 *
 * `year` may lie ahead: openings and closings already known count. For one institution alone give its id.
 */
export async function readInstitutions(
  tx: Tx,
  where: { readonly unit: UnitRef } | { readonly institutionId: number },
  stage: Stage,
  year: SchoolYear,
): Promise<InstitutionStage[]> {
  const grades = [...gradesOf[stage]]
  const ids = 'unit' in where ? await institutionsIn(tx, where.unit) : [where.institutionId]
  // Three sets of some thousands of rows meet, of which the planner knows little: no nested loops.
  await sql`set local enable_nestloop = off`.execute(tx)
  const { rows } = await sql<Omit<InstitutionStage, 'classes' | 'stage'> & { classes: number[] | null }>`
    with premises as (
      select county_id, institution_id,
             case when count(rooms) = count(*) then sum(rooms) end::float8 as rooms,
             case when count(approved_capacity) = count(*) then sum(approved_capacity) end::float8 as approved
        from book.premises_dates
       where institution_id = any (${ids}::bigint[]) and stage = ${stage} and valid @> make_date(${year}::integer, 9, 1)
       group by 1, 2),
    filed as (
      select distinct on (county_id, institution_id) * from (
        select county_id, institution_id, school_year, sum(pupils)::float8 as pupils,
               array[coalesce(sum(classes) filter (where grade = 'K1'), 0), coalesce(sum(classes) filter (where grade = 'K2'), 0),
                     coalesce(sum(classes) filter (where grade = 'K3'), 0)]::float8[] as classes
          from book.enrolment
         where institution_id = any (${ids}::bigint[]) and grade = any (${grades}::text[]) and school_year <= ${year}
         group by 1, 2, 3) as yearly
       order by county_id, institution_id, school_year desc)
    select i.institution_id as "institutionId", i.name as institution, i.kind,
           premises.rooms, premises.approved, filed.pupils, filed.school_year as "pupilsYear", filed.classes
      from book.institution_dates i
      left join premises using (county_id, institution_id)
      left join filed using (county_id, institution_id)
     where ${stage} = any (i.stages) and i.valid @> make_date(${year}::integer, 9, 1)
       and i.institution_id = any (${ids}::bigint[])
     order by filed.pupils desc nulls last, i.institution_id`.execute(tx)
  await sql`set local enable_nestloop = on`.execute(tx)
  return rows.map(({ classes, ...row }) => ({
    ...row,
    stage,
    ...(stage === 'preschool' && classes && { classes }),
  }))
}

async function institutionsIn(tx: Tx, unit: UnitRef): Promise<number[]> {
  const places = await placeInstitutions(tx, unit.kind as GatheringKind)
  return places.filter(({ unitId }) => unitId === unit.unitId).map(({ institutionId }) => institutionId)
}
