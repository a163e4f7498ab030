import type { FindingHand } from '../../kernel/finding.ts'
import { dueLights, type Plan } from '../../plan/index.ts'
import type { Visitor } from '../../platform/access/visitor.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { Finding } from '../../records/findings/finding.ts'
import { findFinding } from '../../records/findings/list-findings.ts'
import { type FindingStepTaken, listFindingSteps } from '../../records/findings/take-finding-step.ts'
import { listVisitsBehind } from '../../records/visits/led-to.ts'
import type { FindingRow, FindingShown } from './contract.ts'
import { daysLeft, deadline } from './deadlines.ts'
import { actsOpenTo, needsWords } from './flow.ts'
import { handsOf, stateOf } from './hands.ts'
import { nameRule, paperOf } from './name-rule.ts'
import { suggestOwners } from './suggest-owners.ts'

/** 台账一行 — a finding with its light and the working days left. */
export function rowOf(plan: Plan, finding: Finding, today: string): FindingRow {
  const { countyId, findingId, number, county, subject, subjectKind, subjectId, ownerLevel, source, item } =
    finding
  const { found, severity, supervision, phase, dueOn, cause, promisedOn, ownerUnit, ownerPerson } = finding
  const { relapses, conditionMet, escalated } = finding
  return {
    ...{ countyId, findingId, number, county, subject, subjectKind, subjectId, ownerLevel, source, item },
    ...{ found, severity, supervision, phase, dueOn, cause, promisedOn, ownerUnit, ownerPerson },
    ...{ relapses, conditionMet, escalated },
    light: phase === 'closed' || dueOn === null ? 'none' : dueLights(plan, today)(dueOn),
    daysLeft: phase === 'closed' ? null : daysLeft(plan, today, dueOn),
  }
}

/** 展示问题 — basis, facts, every step and what this visitor may do; undefined when it is not there or out of sight. */
export async function showFinding(
  tx: Tx,
  plan: Plan,
  visitor: Visitor,
  findingId: number,
  { day, today }: { readonly day: string; readonly today: string },
): Promise<FindingShown | undefined> {
  const finding = await findFinding(tx, findingId)
  if (!finding) return undefined
  const steps = await listFindingSteps(tx, finding)
  const hands = day === today ? handsOf(visitor, finding) : []
  const state = stateOf(finding, steps)
  const rule = nameRule(plan, finding)
  const mayDo = hands.flatMap((hand) =>
    actsOpenTo(state, hand, visitor.account).map((act) => ({ act, hand, needsWords: needsWords(act) })),
  )
  const { institutionId, openedOn, foundOn, quote, conferredOn, assignedOn, signedOn, answeredOn, closedOn } =
    finding
  const { dismissed, extensions, interviews, revision } = finding
  return {
    ...rowOf(plan, finding, day),
    ...{ institutionId, openedOn, foundOn, quote, conferredOn, assignedOn, signedOn, answeredOn, closedOn },
    ...{ dismissed, extensions, interviews, revision, today: day },
    rule: finding.rule,
    ruleName: rule?.zh ?? null,
    remedy: rule?.remedy ?? null,
    paper: paperOf(plan, finding.item),
    steps: steps.map(shownStep),
    visits: await listVisitsBehind(tx, finding),
    mayDo,
    mayAttach: hands.some((hand) => hand !== 'partner') && finding.phase !== 'closed',
    notice: noticeOf(plan, finding, hands),
    suggested: {
      ...usualDeadline(plan, finding, today),
      // People's names are for whoever hands it over.
      units: mayDo.some(({ act }) => act === 'assign') ? await suggestOwners(tx, plan, finding, today) : [],
    },
  }
}

/**
 * The paper by which one of these hands orders the finding mended; none before there is a deadline to order, and none for
 * what the city itself must mend: its bureau, which issues the papers, does not order itself.
 */
function noticeOf(
  plan: Plan,
  { dueOn, phase, ofCity }: Finding,
  hands: readonly FindingHand[],
): string | null {
  if (dueOn === null || phase === 'closed' || ofCity) return null
  const ordering = [...plan.templates.values()].find(
    ({ about, issuedBy }) => about === 'finding' && hands.includes(issuedBy),
  )
  return ordering?.id ?? null
}

function shownStep(step: FindingStepTaken): FindingShown['steps'][number] {
  const { account: _, phase: __, doneAt: ___, evidence, ...shown } = step
  return { ...shown, evidence: [...evidence] }
}

function usualDeadline(
  plan: Plan,
  finding: Finding,
  today: string,
): Omit<FindingShown['suggested'], 'units'> {
  const due = deadline(plan, today, finding.severity)
  return {
    workingDays: due.ok ? due.value.days : null,
    dueOn: due.ok ? due.value.day : null,
    assumedYears: due.ok ? [...due.value.assumedYears] : [],
  }
}
