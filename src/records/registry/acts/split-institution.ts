import { granted, type Result } from '../../../kernel/result.ts'
import type { Tx } from '../../../platform/db/transaction-client.ts'
import { refuse } from '../refusals.ts'
import { writeSuccessions } from '../write-successions.ts'
import { type ActBasis, type ActDone, beginAct, enterAct } from './act-basis.ts'
import { endInstitution, refuseLaterPupils } from './close-institution.ts'
import { cannotOpen, enterOpening, identityOf, type Opening } from './open-institution.ts'
import { institutionOn } from './standing.ts'

/** 分立 — the new schools with the share of the past pupils each takes, and the share that stays; 0 closes the old school. */
export interface Split {
  readonly institutionId: number
  readonly keepsShare: number
  readonly opens: readonly (Opening & { readonly share: number })[]
}

/**
 * 分立 — one school becomes several; the pupils of past years are counted by share, kept whole.
 *
 * Refuses shares that do not sum to 1, a school not open that day, and whatever `openInstitution` refuses.
 */
export async function splitInstitution(tx: Tx, basis: ActBasis, split: Split): Promise<Result<ActDone>> {
  const no = (await beginAct(tx, basis)) ?? (await cannotSplit(tx, basis, split))
  if (no) return no
  const { institutionId: fromId, keepsShare, opens } = split
  const institutions = [fromId, ...opens.map(identityOf)]
  const act = await enterAct(tx, 'split', basis, { institutions })
  for (const opening of opens) await enterOpening(tx, act, opening)
  if (keepsShare === 0) await endInstitution(tx, act, fromId)
  const heirs = [
    ...(keepsShare > 0 ? [{ toId: fromId, share: keepsShare }] : []),
    ...opens.map((opening) => ({ toId: identityOf(opening), share: opening.share })),
  ]
  const { countyId, effectiveOn } = act
  await writeSuccessions(
    tx,
    act.actId,
    heirs.map((heir) => ({ countyId, subject: 'institution' as const, fromId, effectiveOn, ...heir })),
  )
  return granted(act)
}

/** Shares are entered by hand as decimals: a sum off by less than this is whole. */
const roundingOfShares = 1e-9

async function cannotSplit(tx: Tx, basis: ActBasis, split: Split) {
  const { institutionId, keepsShare, opens } = split
  const shares = [keepsShare, ...opens.map((opening) => opening.share)]
  const sum = shares.reduce((total, share) => total + share, 0)
  if (Math.abs(sum - 1) > roundingOfShares || opens.some((opening) => opening.share <= 0) || keepsShare < 0) {
    return refuse('registry.shares-not-whole', { sum: Number(sum.toFixed(6)) })
  }
  const school = await institutionOn(tx, basis.countyId, institutionId, basis.effectiveOn)
  if (!school) return refuse('registry.not-open-on-day', { institutionId, day: basis.effectiveOn })
  for (const opening of opens) {
    const refusal = await cannotOpen(tx, basis, opening)
    if (refusal) return refusal
  }
  return keepsShare === 0 ? refuseLaterPupils(tx, basis, school) : undefined
}
