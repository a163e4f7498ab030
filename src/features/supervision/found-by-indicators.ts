import type { IndicatorRule, Plan, Target } from '../../plan/index.ts'
import type { FindingFound } from '../../records/findings/finding.ts'
import type { Standing } from '../../records/indicators/judge-target.ts'
import type { TargetStanding } from '../../records/indicators/list-standings.ts'
import { type RuleFound, severities } from './found-by-duties.ts'
import { quoteOf } from './name-rule.ts'

/** A place that stands so has what the target asks of it. */
const good: readonly Standing['sign'][] = ['reached', 'on-path', 'idle']

/**
 * 到期未达成为问题 — a target whose last day has passed and which a place has missed, as one finding about the place: none
 * for what is only encouraged, none where a figure is missing, none where one reading of the words counts it as reached.
 *
 * `units`: of each place, its own number in the registry.
 */
export function foundByIndicators(
  plan: Plan,
  standings: readonly TargetStanding[],
  units: ReadonlyMap<number, number>,
  today: string,
): RuleFound[] {
  return [...plan.indicatorRules.values()].flatMap((rule) => {
    const target = plan.targets.find(({ id }) => id === rule.target)
    const due = target?.items[0]?.due
    if (!target || severities[rule.force] === undefined || due === undefined || today <= due) return []
    return standings
      .filter((each) => each.target.id === target.id)
      .map((each) => inPlace(plan, rule, target, each, units))
  })
}

function inPlace(
  plan: Plan,
  rule: IndicatorRule,
  target: Target,
  { unitId: countyId, standings }: TargetStanding,
  units: ReadonlyMap<number, number>,
): RuleFound {
  const { id: item } = target
  const subject = { countyId, kind: 'county', id: units.get(countyId) ?? countyId } as const
  const missed = standings.every(({ sign }) => sign === 'missed')
  const found: FindingFound = {
    ...{ source: 'indicator', rule: rule.id, item, ownerLevel: 'county', subject },
    quote: quoteOf(plan, item) ?? rule.zh,
    supervision: 'government',
    severity: severities[rule.force] ?? 'ordinary',
    says: `${target.zh}：${standings.map(({ sentence }) => sentence).join('；按另一读法：')}`,
  }
  return {
    ...{ source: 'indicator', rule: rule.id, countyId },
    found: missed ? [found] : [],
    // What cannot be judged clears nobody.
    still: standings.some(({ sign }) => good.includes(sign)) ? [] : [subject],
  }
}
