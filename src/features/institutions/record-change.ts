import type { Result } from '../../kernel/result.ts'
import { reaches } from '../../platform/access/policy.ts'
import type { Visitor } from '../../platform/access/visitor.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { ActBasis, ActDone as Recorded } from '../../records/registry/acts/act-basis.ts'
import { closeInstitution } from '../../records/registry/acts/close-institution.ts'
import { convertInstitution } from '../../records/registry/acts/convert-institution.ts'
import { mergeInstitutions } from '../../records/registry/acts/merge-institutions.ts'
import { moveInstitution } from '../../records/registry/acts/move-institution.ts'
import { openInstitution } from '../../records/registry/acts/open-institution.ts'
import { renameInstitution } from '../../records/registry/acts/rename-institution.ts'
import type { Institution } from '../../records/registry/institution.ts'
import { institutionHistory } from '../../records/registry/reads/institution-history.ts'
import type { ActBody, OpeningBody } from './act-contract.ts'
import { cannotBe } from './rules.ts'

/** 登记变更 — carries an act on one institution, as it stands last in the books, into those of its county. */
export async function recordChange(
  tx: Tx,
  visitor: Visitor,
  standing: Institution,
  body: ActBody,
): Promise<Result<Recorded>> {
  const { institutionId, countyId } = standing
  const basis = basisOf(visitor, countyId, body)
  switch (body.act) {
    case 'rename':
      return renameInstitution(tx, basis, institutionId, body.name)
    case 'close':
      return closeInstitution(tx, basis, institutionId)
    case 'merge': {
      const { closingIds, premises } = body
      return mergeInstitutions(tx, basis, { survivorId: institutionId, closingIds, premises })
    }
    case 'move': {
      const { toUnitId, toCountyId } = body
      return moveInstitution(tx, basis, { institutionId, toUnitId, ...(toCountyId && { toCountyId }) })
    }
    case 'convert': {
      const { act: _, docNumber, decidedOn, effectiveOn, note, ...conversion } = body
      const { sector = standing.sector, profitStatus } = conversion
      return (
        cannotBe({ sector, profitStatus }) ?? (await convertInstitution(tx, basis, institutionId, conversion))
      )
    }
  }
}

/** 可否变更 — does the visitor reach all that the act changes: every stage, before and after, here and where it goes, and of those that go up in it? */
export async function mayChange(
  tx: Tx,
  visitor: Visitor,
  standing: Institution,
  body: ActBody,
): Promise<boolean> {
  const into = body.act === 'move' && body.toCountyId ? [body.toCountyId] : []
  const closing = body.act === 'merge' ? body.closingIds : []
  const goingUp: Awaited<ReturnType<typeof institutionHistory>>[] = []
  for (const id of closing) goingUp.push(await institutionHistory(tx, id))
  const stages = body.act === 'convert' ? (body.stages ?? []) : []
  return [standing, ...goingUp.flatMap(({ entries }) => entries.at(-1) ?? [])].every((each) =>
    reaches(visitor, {
      counties: [each.countyId, ...into],
      institution: each.institutionId,
      stages: [...each.stages, ...stages],
    }),
  )
}

/** 登记开办 — enters a new institution with one campus. */
export async function recordOpening(
  tx: Tx,
  visitor: Visitor,
  body: OpeningBody,
): Promise<Result<Recorded & { institutionId: number }>> {
  const { countyId, docNumber, decidedOn, effectiveOn, note, premises, ...institution } = body
  const campuses = premises.map((campus) => ({ ...campus, campusNo: 1, campusName: '本部' }))
  const basis = basisOf(visitor, countyId, body)
  return cannotBe(institution) ?? (await openInstitution(tx, basis, { institution, premises: campuses }))
}

function basisOf(
  visitor: Visitor,
  countyId: number,
  {
    docNumber,
    decidedOn,
    effectiveOn,
    note,
  }: Pick<ActBody, 'docNumber' | 'decidedOn' | 'effectiveOn' | 'note'>,
): ActBasis {
  return { countyId, docNumber, decidedOn, effectiveOn, recordedBy: visitor.name, ...(note && { note }) }
}
