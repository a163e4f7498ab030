import type { FindingHand } from '../../kernel/finding.ts'
import { actsAllowed } from '../../platform/access/policy.ts'
import type { Visitor } from '../../platform/access/visitor.ts'
import type { Finding } from '../../records/findings/finding.ts'
import type { FindingStepTaken } from '../../records/findings/take-finding-step.ts'
import { findingAccess } from './access.ts'
import { type FindingState, sideOf } from './flow.ts'

/** 问题在谁 — what of a finding decides in whose name somebody may act on it. */
export type Placed = Pick<Finding, 'countyId' | 'institutionId' | 'ownerLevel'> &
  Partial<Pick<Finding, 'ofCity' | 'cause'>>

/**
 * 办理身份 — in whose name this visitor may act: the unit that must rectify, the department whose money or posts it lacks,
 * or an office above them; never for both sides.
 *
 * Whoever belongs to the rectified unit judges nothing of it, whatever other office they hold (回避). What the city itself
 * owes its bureau mends, and the government's own inspectorate looks at.
 */
export function handsOf(
  visitor: Visitor,
  { countyId, institutionId, ownerLevel, ofCity, cause }: Placed,
): FindingHand[] {
  const allowed = actsAllowed(findingAccess, visitor, {
    counties: [countyId],
    ...(institutionId !== null && { institution: institutionId }),
  })
  const within = ofCity
    ? 'rectify-city'
    : ownerLevel === 'institution'
      ? 'rectify-institution'
      : 'rectify-county'
  const mends = [
    ...(allowed.includes(within) ? (['rectifier'] as const) : []),
    ...((cause === 'money' || cause === 'posts') && allowed.includes(`confer-${cause}`)
      ? (['partner'] as const)
      : []),
  ]
  if (mends.length > 0) return mends
  if (ofCity) return allowed.includes('judge-own-city') ? ['city'] : []
  return [
    ...(ownerLevel === 'institution' && allowed.includes('judge-county') ? (['county'] as const) : []),
    ...(ownerLevel === 'institution' && allowed.includes('judge-inspector') ? (['inspector'] as const) : []),
    ...(allowed.includes('judge-city') ? (['city'] as const) : []),
  ]
}

/** 问题所处 — a finding and its steps, as the flow speaks of them. */
export function stateOf(
  { phase, ownerLevel, dueOn, conditionMet }: Finding,
  steps: readonly FindingStepTaken[],
): FindingState {
  const acted = steps.filter(({ hand }) => hand !== 'platform')
  const sides = new Map(acted.map(({ account, hand }) => [account, sideOf(hand)] as const))
  return { phase, ownerLevel, dueOn, conditionMet, sides }
}
