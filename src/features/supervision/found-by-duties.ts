import type { FindingSeverity } from '../../kernel/finding.ts'
import type { CoverageDuty, Force, Plan } from '../../plan/index.ts'
import type { DutyJudgement, Gap } from '../../records/duties/duty-judgement.ts'
import type { FindingFound, FindingSubject } from '../../records/findings/finding.ts'
import { quoteOf } from './name-rule.ts'

/** 一条规则所见 — in one county: what it finds, and every subject of which it does not say that all is well. */
export interface RuleFound {
  readonly source: 'duty' | 'check' | 'indicator'
  readonly rule: string
  readonly countyId: number
  readonly found: readonly FindingFound[]
  readonly still: readonly FindingSubject[]
}

/** 力度与程度 — how grave a gap is, by the word the paper uses; what is only encouraged is no violation. */
export const severities: Readonly<Record<Force, FindingSeverity | undefined>> = {
  must: 'serious',
  'in-principle': 'ordinary',
  advance: 'ordinary',
  encouraged: undefined,
}

/**
 * 覆盖缺口成为问题 — the uncovered of a duty as findings: none for what is only encouraged, none before the item's last
 * day, none where the books do not say, none where one reading of the words counts the subject as covered.
 *
 * `units`: of each county, its own number in the registry.
 */
export function foundByDuties(
  plan: Plan,
  judgements: readonly DutyJudgement[],
  units: ReadonlyMap<number, number>,
): RuleFound[] {
  const byDuty = Map.groupBy(
    judgements.filter(({ duty }) => severities[duty.force] !== undefined),
    ({ duty }) => duty,
  )
  return [...byDuty].flatMap(([duty, readings]) => {
    // What could not be judged today accuses nobody and clears nobody.
    if (readings.some(({ refused, due, day }) => refused !== undefined || (due !== undefined && day <= due)))
      return []
    const counties = [...new Set(readings.flatMap((each) => each.counties.map(({ countyId }) => countyId)))]
    return counties.map((countyId) => inCounty(plan, duty, countyId, units, gapsOf(readings, countyId)))
  })
}

/** Of each reading the gaps in one county. */
function gapsOf(readings: readonly DutyJudgement[], countyId: number): readonly (readonly Gap[])[] {
  return readings.map(({ counties }) => counties.find((county) => county.countyId === countyId)?.gaps ?? [])
}

function inCounty(
  plan: Plan,
  duty: CoverageDuty,
  countyId: number,
  units: ReadonlyMap<number, number>,
  [first = [], ...others]: readonly (readonly Gap[])[],
): RuleFound {
  const elsewhere = others.map((gaps) => new Map(gaps.map((gap) => [gap.subjectId, gap])))
  const open = first.filter(({ subjectId }) => elsewhere.every((gaps) => gaps.has(subjectId)))
  const sure = open.filter(
    ({ subjectId, known }) => known && elsewhere.every((gaps) => gaps.get(subjectId)?.known === true),
  )
  const subject = (gap: Gap) => subjectOf(duty, countyId, units.get(countyId) ?? countyId, gap)
  const ownerLevel = duty.mendedBy ?? 'county'
  return {
    ...{ source: 'duty', rule: duty.id, countyId },
    still: open.map(subject),
    found: sure.map((gap) => ({
      ...{ source: 'duty', rule: duty.id, item: duty.item, ownerLevel },
      quote: quoteOf(plan, duty.item) ?? duty.zh,
      subject: subject(gap),
      supervision: ownerLevel === 'county' ? 'government' : 'schools',
      severity: severities[duty.force] ?? 'ordinary',
      says: gap.why,
    })),
  }
}

function subjectOf(
  { subjectKind }: CoverageDuty,
  countyId: number,
  unitId: number,
  { subjectId, subject }: Gap,
): FindingSubject {
  if (subjectKind === 'project' || subjectKind === 'item' || subjectKind === 'measure')
    return { countyId, kind: 'county', id: unitId, thing: { id: subjectId, name: subject } }
  return { countyId, kind: subjectKind, id: Number(subjectId) }
}
