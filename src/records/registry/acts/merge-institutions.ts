import { sql } from 'kysely'
import { granted, type Result } from '../../../kernel/result.ts'
import { stageNames } from '../../../kernel/stage.ts'
import type { Tx } from '../../../platform/db/transaction-client.ts'
import { amendFrom, type BookEntry, enterAnew } from '../book-entries.ts'
import { rangeSince } from '../dated.ts'
import type { Institution } from '../institution.ts'
import { refuse } from '../refusals.ts'
import { writeSuccessions } from '../write-successions.ts'
import { type ActBasis, type ActDone, beginAct, enterAct } from './act-basis.ts'
import { refuseLaterPupils } from './close-institution.ts'
import { institutionOn } from './standing.ts'

/** 合并 — which schools go into which; their premises become campuses of the survivor unless given up. */
export interface Merger {
  readonly survivorId: number
  readonly closingIds: readonly number[]
  readonly premises: 'kept-as-campuses' | 'given-up'
}

/**
 * 合并 — the survivor keeps its code and takes over pupils, past and teaching points of the others, which close.
 *
 * Pupils of school years after the effective day are filed by the survivor. Refuses a school that is not
 * open that day, a stage the survivor does not run, and pupils already filed for a later year.
 */
export async function mergeInstitutions(tx: Tx, basis: ActBasis, merger: Merger): Promise<Result<ActDone>> {
  const no = await beginAct(tx, basis)
  if (no) return no
  const { survivorId, closingIds } = merger
  const ids = [survivorId, ...closingIds]
  if (new Set(ids).size < ids.length || closingIds.length === 0) return refuse('registry.merge-with-itself')
  const schools: Institution[] = []
  for (const institutionId of ids) {
    const school = await institutionOn(tx, basis.countyId, institutionId, basis.effectiveOn)
    if (!school) return refuse('registry.not-open-on-day', { institutionId, day: basis.effectiveOn })
    schools.push(school)
  }
  const [survivor, ...closing] = schools as [Institution, ...Institution[]]
  for (const school of closing) {
    const refusal = refuseLostStages(survivor, school) ?? (await refuseLaterPupils(tx, basis, school))
    if (refusal) return refusal
  }
  const act = await enterAct(tx, 'merge', basis, { institutions: ids, survivorId })
  for (const institutionId of closingIds) await takeOver(tx, act, merger, institutionId)
  return granted(act)
}

function refuseLostStages(survivor: Institution, school: Institution) {
  const lost = school.stages.filter((stage) => !survivor.stages.includes(stage))
  if (lost.length === 0) return undefined
  return refuse('registry.stages-not-run', {
    name: school.name,
    stages: lost.map((stage) => stageNames[stage]).join('、'),
  })
}

async function takeOver(tx: Tx, act: ActDone, merger: Merger, closingId: number): Promise<void> {
  const { survivorId } = merger
  const ofClosing = sql`institution_id = ${closingId}`
  await amendFrom(tx, 'institution', act, ofClosing)
  await amendFrom(tx, 'membership', act, ofClosing)
  const premises = await amendFrom(tx, 'premises', act, ofClosing)
  if (merger.premises === 'kept-as-campuses') await addCampuses(tx, act, survivorId, premises)
  await amendFrom(tx, 'institution', act, sql`parent_institution_id = ${closingId}`, {
    parent_institution_id: survivorId,
  })
  const { countyId, effectiveOn } = act
  await writeSuccessions(tx, act.actId, [
    { countyId, subject: 'institution', fromId: closingId, toId: survivorId, share: 1, effectiveOn },
  ])
}

async function addCampuses(tx: Tx, act: ActDone, survivorId: number, premises: readonly BookEntry[]) {
  const { rows } = await sql<{ last: number }>`
    select coalesce(max(campus_no), 0) as last from book.premises_dates
     where county_id = ${act.countyId} and institution_id = ${survivorId}`.execute(tx)
  const last = rows[0]!.last
  const campuses = premises.flatMap((campus) => {
    const valid = rangeSince(campus.valid, act.effectiveOn)
    const campus_no = last + (campus.campus_no as number)
    return valid ? [{ ...campus, institution_id: survivorId, campus_no, valid }] : []
  })
  await enterAnew(tx, 'premises', act.actId, campuses)
}
