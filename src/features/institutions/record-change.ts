import { granted, type Result } from '../../kernel/result.ts'
import type { Visitor } from '../../platform/access/visitor.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { ActBasis, ActDone as Recorded } from '../../records/registry/acts/act-basis.ts'
import { closeInstitution } from '../../records/registry/acts/close-institution.ts'
import { convertInstitution } from '../../records/registry/acts/convert-institution.ts'
import { mergeInstitutions } from '../../records/registry/acts/merge-institutions.ts'
import { moveInstitution } from '../../records/registry/acts/move-institution.ts'
import { openInstitution } from '../../records/registry/acts/open-institution.ts'
import { renameInstitution } from '../../records/registry/acts/rename-institution.ts'
import type { ActBody, OpeningBody } from './act-contract.ts'

/** 登记变更 — carries an act on one institution into the books of its county. */
export function recordChange(
  tx: Tx,
  visitor: Visitor,
  place: { readonly countyId: number; readonly institutionId: number },
  body: ActBody,
): Promise<Result<Recorded>> {
  const { institutionId } = place
  const basis = basisOf(visitor, place.countyId, body)
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
      return convertInstitution(tx, basis, institutionId, conversion)
    }
  }
}

/** 登记开办 — enters a new institution with one campus. */
export async function recordOpening(
  tx: Tx,
  visitor: Visitor,
  body: OpeningBody,
): Promise<Result<Recorded & { institutionId: number }>> {
  const { countyId, docNumber, decidedOn, effectiveOn, note, premises, ...institution } = body
  const opened = await openInstitution(tx, basisOf(visitor, countyId, body), {
    institution,
    premises: premises.map((campus) => ({ ...campus, campusNo: 1, campusName: '本部' })),
  })
  return opened.ok ? granted(opened.value) : opened
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
