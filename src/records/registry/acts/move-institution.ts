import { sql } from 'kysely'
import { granted, type Result } from '../../../kernel/result.ts'
import type { Tx } from '../../../platform/db/transaction-client.ts'
import { amendFrom } from '../book-entries.ts'
import { refuse } from '../refusals.ts'
import { type ActBasis, type ActDone, beginAct, enterAct } from './act-basis.ts'
import { cannotCross, enterMove } from './between-counties.ts'
import { refuseOrphans } from './close-institution.ts'
import { goingAlong } from './going-along.ts'
import { handOverInstitutions } from './hand-over.ts'
import { institutionOn, unitOn } from './standing.ts'

/** 迁址 — where an institution goes; another county needs a transaction whose scope holds both. */
export interface Removal {
  readonly institutionId: number
  readonly toUnitId: number
  readonly toCountyId?: number
}

/**
 * 迁移 — the institution stands in another unit from the effective day, in the same county or another.
 *
 * Into another county its whole past goes along, with that of schools merged into it, and its memberships
 * in the old county's groups end. Returns the act as recorded in the county that receives.
 */
export async function moveInstitution(tx: Tx, basis: ActBasis, removal: Removal): Promise<Result<ActDone>> {
  const { institutionId, toUnitId: unitId, toCountyId = basis.countyId } = removal
  const { effectiveOn: day } = basis
  const crosses = toCountyId !== basis.countyId
  const no = await beginAct(tx, basis, crosses ? [basis.countyId, toCountyId] : [basis.countyId])
  if (no) return no
  const school = await institutionOn(tx, basis.countyId, institutionId, day)
  if (!school) return refuse('registry.not-open-on-day', { institutionId, day })
  const refusal = crosses
    ? ((await cannotCross(tx, basis, toCountyId, school.name)) ?? (await refuseOrphans(tx, basis, school)))
    : undefined
  if (refusal) return refusal
  if (!(await unitOn(tx, toCountyId, unitId, day))) return refuse('registry.unit-not-there', { unitId, day })
  const act = crosses
    ? await cross(tx, basis, institutionId, toCountyId)
    : await enterAct(tx, 'move', basis, { institutions: [institutionId], units: [school.unitId, unitId] })
  await amendFrom(tx, 'institution', act, sql`institution_id = ${institutionId}`, { unit_id: unitId })
  return granted(act)
}

async function cross(tx: Tx, basis: ActBasis, institutionId: number, toCountyId: number): Promise<ActDone> {
  const institutions = await goingAlong(tx, basis.countyId, 'institution', [institutionId])
  const acts = await enterMove(tx, basis, toCountyId, { institutions })
  await amendFrom(tx, 'membership', acts.from, sql`institution_id = ${institutionId}`)
  await handOverInstitutions(tx, acts, institutions)
  return acts.to
}
