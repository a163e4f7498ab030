import { type ApprovalLevel, approvalLevels } from '../../kernel/approval-level.ts'
import type { ReturnForm } from '../../plan/index.ts'
import { actsAllowed, admit } from '../../platform/access/policy.ts'
import type { Visitor } from '../../platform/access/visitor.ts'
import type { Filing } from '../../records/returns/filing.ts'
import type { Looking } from '../../records/returns/list-waiting.ts'
import { filingAccess } from './access.ts'
import { actsOpenTo, type FilingAct, type FilingHand, type FilingState, needsReason } from './flow.ts'

/**
 * 可办身份 — in whose name this visitor may act on a filing: the one who fills it, the township centre, the county, the
 * city. Where a filing lies with a centre that is no more (`standIn`), its county stands in for it.
 */
export function handsOf(
  visitor: Visitor,
  { filledBy }: Pick<ReturnForm, 'filledBy'>,
  { countyId, subjectKind, subjectId }: Pick<Filing, 'countyId' | 'subjectKind' | 'subjectId'>,
  standIn = false,
): FilingHand[] {
  const touched = {
    counties: [countyId],
    ...(subjectKind === 'institution' && { institution: subjectId }),
  }
  const allowed = actsAllowed(filingAccess, visitor, touched)
  return [
    ...(allowed.includes(filledBy === 'county' ? 'fill-county' : 'fill-institution')
      ? (['filler'] as const)
      : []),
    ...(allowed.includes('approve-township-centre') || (standIn && allowed.includes('approve-county'))
      ? (['township-centre'] as const)
      : []),
    ...(allowed.includes('approve-county') ? (['county'] as const) : []),
    ...(allowed.includes('approve-city') ? (['city'] as const) : []),
  ]
}

/**
 * 上下级分开 — of somebody's hands, those that what they already did in a filing bars: whoever filled it or looked at it
 * at one level does not look at it at a higher one, whatever other office they hold.
 */
export function barredHands(hands: readonly FilingHand[], acted: readonly FilingHand[]): FilingHand[] {
  return hands.filter((hand) => acted.some((done) => upward.indexOf(done) < upward.indexOf(hand)))
}

const upward: readonly FilingHand[] = ['filler', ...approvalLevels]

/** 审核身份 — the level at which this visitor looks at filings, the highest they hold, within the counties they hold it for. */
export function looksAt(visitor: Visitor): Looking | undefined {
  for (const level of approvalLevels.toReversed()) {
    const by = admit(filingAccess[`approve-${level}`], visitor)
    if (by) return { level, by }
  }
  return undefined
}

/** 填报状态 — where a filing stands, as the flow speaks of it. */
export function stateOf({ phase, atLevel }: Pick<Filing, 'phase' | 'atLevel'>): FilingState {
  return phase === 'submitted' || phase === 'accepted' ? { phase, at: atLevel! } : { phase }
}

/** 可办步骤 — the acts open now to any of these hands. */
export function stepsOpenTo(
  path: readonly ApprovalLevel[],
  filing: Filing,
  hands: readonly FilingHand[],
): { act: FilingAct; hand: FilingHand }[] {
  return hands.flatMap((hand) => actsOpenTo(path, stateOf(filing), hand).map((act) => ({ act, hand })))
}

/** 能否填写 — whoever fills may write while the filing is with him, or nobody has opened it yet. */
export function mayWrite(
  { phase }: { readonly phase: Filing['phase'] | null },
  hands: readonly FilingHand[],
): boolean {
  return hands.includes('filler') && (phase === null || phase === 'draft' || phase === 'returned')
}

/** 能否退回 — whoever may give the filing back now says what is to be mended in it. */
export function mayReturn(
  path: readonly ApprovalLevel[],
  filing: Filing,
  hands: readonly FilingHand[],
): boolean {
  return stepsOpenTo(path, filing, hands).some(({ act }) => needsReason(act))
}
