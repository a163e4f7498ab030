import { sql } from 'kysely'
import { granted, type Result } from '../../../kernel/result.ts'
import type { Tx } from '../../../platform/db/transaction-client.ts'
import type { Institution } from '../institution.ts'
import type { Premises } from '../premises.ts'
import { refuse } from '../refusals.ts'
import { writeInstitutions } from '../write-institutions.ts'
import { writePremises } from '../write-premises.ts'
import { type ActBasis, type ActDone, beginAct, enterAct } from './act-basis.ts'
import { isCodeTaken, unitOn } from './standing.ts'

/** 新机构 — what is said of an institution when it opens; its identity is its first code unless given. */
export interface Opening {
  readonly institution: Omit<Institution, 'countyId' | 'institutionId' | 'from' | 'to'> & {
    readonly institutionId?: number
  }
  readonly premises: readonly Omit<Premises, 'countyId' | 'institutionId' | 'from' | 'to'>[]
}

/**
 * 开办 — enters a new institution and its premises from the effective day on, which may lie ahead.
 *
 * Refuses a code ever given to another institution, an identity already in the book, and a unit that does
 * not stand on that day. Basis: 学校(机构)标识码 rules, a void code is never given again.
 */
export async function openInstitution(
  tx: Tx,
  basis: ActBasis,
  opening: Opening,
): Promise<Result<ActDone & { institutionId: number }>> {
  const no = (await beginAct(tx, basis)) ?? (await cannotOpen(tx, basis, opening))
  if (no) return no
  const institutionId = identityOf(opening)
  const act = await enterAct(tx, 'open', basis, { institutions: [institutionId] })
  await enterOpening(tx, act, opening)
  return granted({ ...act, institutionId })
}

/** 新机构标识 — the identity an opening institution gets. */
export function identityOf({ institution }: Opening): number {
  return institution.institutionId ?? Number(institution.code)
}

/** 能否开办 — the refusal, if there is one. */
export async function cannotOpen(tx: Tx, basis: ActBasis, opening: Opening) {
  const { countyId, effectiveOn: day } = basis
  const { code, unitId } = opening.institution
  const institutionId = identityOf(opening)
  if (await isCodeTaken(tx, code, institutionId)) return refuse('registry.code-in-use', { code })
  const known = await sql<{ name: string }>`
    select name from book.institution_dates
     where county_id = ${countyId} and institution_id = ${institutionId} limit 1`.execute(tx)
  if (known.rows[0]) return refuse('registry.already-open', { institutionId, name: known.rows[0].name })
  if (!(await unitOn(tx, countyId, unitId, day))) return refuse('registry.unit-not-there', { unitId, day })
  return undefined
}

/** 登记新机构 — writes the opening's entries under an act. */
export async function enterOpening(tx: Tx, act: ActDone, opening: Opening): Promise<void> {
  const place = { countyId: act.countyId, institutionId: identityOf(opening), from: act.effectiveOn }
  await writeInstitutions(tx, act.actId, [{ ...opening.institution, ...place }])
  await writePremises(
    tx,
    act.actId,
    opening.premises.map((campus) => ({ ...campus, ...place })),
  )
}
