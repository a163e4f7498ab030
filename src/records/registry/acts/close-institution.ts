import { sql } from 'kysely'
import { granted, type Result } from '../../../kernel/result.ts'
import { schoolYearLabel } from '../../../kernel/school-year.ts'
import type { Tx } from '../../../platform/db/transaction-client.ts'
import { amendFrom } from '../book-entries.ts'
import type { Institution } from '../institution.ts'
import { refuse } from '../refusals.ts'
import { type ActBasis, type ActDone, beginAct, enterAct } from './act-basis.ts'
import { institutionOn } from './standing.ts'

/**
 * 停办 — the institution, its premises and memberships end on the effective day; its past stays with the unit it stood in.
 *
 * Refuses one that is not open that day, still has teaching points, or has pupils filed for a later year.
 */
export async function closeInstitution(
  tx: Tx,
  basis: ActBasis,
  institutionId: number,
): Promise<Result<ActDone>> {
  const no = await beginAct(tx, basis)
  if (no) return no
  const institution = await institutionOn(tx, basis.countyId, institutionId, basis.effectiveOn)
  if (!institution) return refuse('registry.not-open-on-day', { institutionId, day: basis.effectiveOn })
  const refusal =
    (await refuseOrphans(tx, basis, institution)) ?? (await refuseLaterPupils(tx, basis, institution))
  if (refusal) return refusal
  const act = await enterAct(tx, 'close', basis, { institutions: [institutionId] })
  await endInstitution(tx, act, institutionId)
  return granted(act)
}

/** 终止登记 — ends everything dated that the books say of an institution. */
export async function endInstitution(tx: Tx, act: ActDone, institutionId: number): Promise<void> {
  for (const book of ['institution', 'premises', 'membership'] as const) {
    await amendFrom(tx, book, act, sql`institution_id = ${institutionId}`)
  }
}

/** 名下教学点 — refuses to leave teaching points without a school. */
export async function refuseOrphans(tx: Tx, basis: ActBasis, school: Institution) {
  const { rows } = await sql<{ name: string }>`
    select distinct name from book.institution_dates
     where county_id = ${basis.countyId} and parent_institution_id = ${school.institutionId}
       and (upper_inf(valid) or upper(valid) > ${basis.effectiveOn}::date)
     order by name`.execute(tx)
  if (rows.length === 0) return undefined
  const points = rows.map((row) => row.name).join('、')
  return refuse('registry.has-teaching-points', { name: school.name, points })
}

/** 停办后的在校生 — refuses an end before pupils that are already filed. */
export async function refuseLaterPupils(tx: Tx, basis: ActBasis, school: Institution) {
  const { rows } = await sql<{ year: number | null }>`
    select max(school_year) as year from registry.enrolment
     where county_id = ${basis.countyId} and institution_id = ${school.institutionId}
       and known_to = 'infinity' and make_date(school_year, 9, 1) >= ${basis.effectiveOn}::date
       and pupils > 0 and (held is null or held @> ${basis.effectiveOn}::date)`.execute(tx)
  const year = rows[0]?.year
  if (!year) return undefined
  const facts = {
    name: school.name,
    year: schoolYearLabel(year).replace(' 学年', ''),
    day: basis.effectiveOn,
  }
  return refuse('registry.pupils-after-day', facts)
}
