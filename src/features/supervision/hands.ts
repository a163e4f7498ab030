import type { FindingHand } from '../../kernel/finding.ts'
import { actsAllowed } from '../../platform/access/policy.ts'
import type { Visitor } from '../../platform/access/visitor.ts'
import type { Finding } from '../../records/findings/finding.ts'
import type { FindingStepTaken } from '../../records/findings/take-finding-step.ts'
import { findingAccess } from './access.ts'
import type { FindingState } from './flow.ts'

/** 问题在谁 — what of a finding decides in whose name somebody may act on it. */
export type Placed = Pick<Finding, 'countyId' | 'institutionId' | 'ownerLevel'> &
  Partial<Pick<Finding, 'ofCity'>>

/**
 * 办理身份 — in whose name this visitor may act: the unit that must rectify, or an office above it; never both.
 *
 * Whoever belongs to the rectified unit judges nothing of it, whatever other office they hold (回避). What the city itself
 * owes its bureau mends, and the government's own inspectorate looks at.
 */
export function handsOf(
  visitor: Visitor,
  { countyId, institutionId, ownerLevel, ofCity }: Placed,
): FindingHand[] {
  const allowed = actsAllowed(findingAccess, visitor, {
    counties: [countyId],
    ...(institutionId !== null && { institution: institutionId }),
  })
  if (ofCity) {
    if (allowed.includes('rectify-city')) return ['rectifier']
    return allowed.includes('judge-own-city') ? ['city'] : []
  }
  const within = ownerLevel === 'institution' ? 'rectify-institution' : 'rectify-county'
  if (allowed.includes(within)) return ['rectifier']
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
  const sides = new Map(
    acted.map(({ account, hand }) => [account, hand === 'rectifier' ? 'rectify' : 'judge'] as const),
  )
  return { phase, ownerLevel, dueOn, conditionMet, sides }
}
