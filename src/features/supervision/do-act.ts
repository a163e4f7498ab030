import type { Static } from 'typebox'
import { granted, type Result, refused } from '../../kernel/result.ts'
import type { Plan } from '../../plan/index.ts'
import type { Visitor } from '../../platform/access/visitor.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { listAttachments } from '../../platform/files/attachments.ts'
import { type NotFound, notFound } from '../../platform/http/route.ts'
import type { EvidenceMark, Finding, FindingOwner } from '../../records/findings/finding.ts'
import { findFinding } from '../../records/findings/list-findings.ts'
import { listFindingSteps, takeFindingStep } from '../../records/findings/take-finding-step.ts'
import type { Assigned, StepBody, StepDone } from './contract.ts'
import { deadline, extended } from './deadlines.ts'
import { evidenceOf } from './evidence.ts'
import { moveFinding } from './flow.ts'
import { handsOf, stateOf } from './hands.ts'
import { ownerUnits } from './owner-units.ts'
import { noPerson, suggestOwners } from './suggest-owners.ts'

/**
 * 办理问题 — takes a finding one step on, as the flow allows; what was answered or rechecked keeps the fingerprints of
 * the evidence as it lay there.
 */
export async function doAct(
  tx: Tx,
  plan: Plan,
  visitor: Visitor,
  findingId: number,
  body: StepBody,
  today: string,
): Promise<Result<Static<typeof StepDone>> | NotFound> {
  const finding = await findFinding(tx, findingId, 'locked')
  if (!finding) return notFound
  const { act, hand } = body
  if (!handsOf(visitor, finding).includes(hand)) return notYours()
  if (body.revision !== finding.revision) return movedMeanwhile()
  if ((act === 'assign') !== (body.owner !== undefined)) return noOwner()
  if (body.owner && !pointsSomewhere(plan, finding, body.owner.cause)) return noSuchCause()
  const owner = namedOwner(body.owner)
  if (body.owner && !owner) return noPerson(finding)
  const due = dueOf(plan, finding, body, today)
  if (due !== undefined && !due.ok) return due
  const says = body.says?.trim() || undefined
  const evidence = await evidenceNow(tx, finding)
  const moved = moveFinding(stateOf(finding, await listFindingSteps(tx, finding)), {
    ...{ act, hand, says, today },
    account: visitor.account,
    promisedOn: body.promisedOn,
    dueOn: due?.value,
    evidence: evidence.length,
  })
  if (!moved.ok) return moved
  await takeFindingStep(tx, finding, {
    ...{ act, hand, on: today },
    phase: moved.value,
    by: { account: visitor.account, name: visitor.name },
    ...(says && { says }),
    ...(due && { dueOn: due.value }),
    ...(act === 'confer' && body.promisedOn && { promisedOn: body.promisedOn }),
    ...(owner && { owner }),
    ...((act === 'answer' || act === 'recheck') && { evidence }),
  })
  const dueOn = act === 'reopen' ? null : (due?.value ?? finding.dueOn)
  return granted({ phase: moved.value, revision: finding.revision + 1, dueOn })
}

/**
 * 批量交办 — hands over those that can be, to the usual owner with the usual length; the others stay as they are.
 *
 * County by county in their order, as every writer locks them: two who hand over at once do not wait for each other.
 */
export async function assignAll(
  tx: Tx,
  plan: Plan,
  visitor: Visitor,
  {
    findingIds,
    workingDays,
  }: { readonly findingIds: readonly number[]; readonly workingDays?: number | undefined },
  today: string,
): Promise<Assigned> {
  let assigned = 0
  let unnamed = 0
  for (const finding of await findEach(tx, findingIds)) {
    const [hand] = handsOf(visitor, finding)
    if (!hand || hand === 'rectifier' || finding.phase !== 'opened') continue
    const [owner] = await suggestOwners(tx, plan, finding, today)
    const { person, ...unit } = owner!
    if (person === null) {
      unnamed += 1
      continue
    }
    const { findingId, revision } = finding
    const step = {
      ...({ act: 'assign', hand, revision } as const),
      owner: { ...unit, person },
      ...(workingDays && { workingDays }),
    }
    const done = await doAct(tx, plan, visitor, findingId, step, today)
    if ('ok' in done && done.ok) assigned += 1
  }
  return { assigned, left: findingIds.length - assigned, unnamed }
}

async function findEach(tx: Tx, findingIds: readonly number[]): Promise<Finding[]> {
  const found: Finding[] = []
  for (const id of new Set(findingIds)) {
    const finding = await findFinding(tx, id)
    if (finding) found.push(finding)
  }
  return found.sort((one, other) => one.countyId - other.countyId || one.findingId - other.findingId)
}

function namedOwner(owner: StepBody['owner']): FindingOwner | undefined {
  return owner?.person === undefined ? undefined : { ...owner, person: owner.person }
}

/** A deadline is told in working days: the day follows from the calendar. */
function dueOf(plan: Plan, finding: Finding, { act, workingDays }: StepBody, today: string) {
  if (act === 'assign') {
    const due = deadline(plan, today, finding.severity, workingDays)
    return due.ok ? granted(due.value.day) : due
  }
  if (act !== 'extend' || workingDays === undefined || finding.dueOn === null) return undefined
  return granted(extended(plan, today, finding.dueOn, workingDays))
}

async function evidenceNow(tx: Tx, finding: Finding): Promise<EvidenceMark[]> {
  const all = await listAttachments(tx, evidenceOf(finding))
  return all
    .filter(({ removedAt }) => removedAt === null)
    .map(({ attachmentId, name, sha256 }) => ({ attachmentId, name, sha256 }))
}

function notYours() {
  return refused({
    code: 'supervision.not-yours',
    text: '这一步不归您办—您不能以这个身份办理这个问题—请由整改责任单位或其上级督导部门办理。',
  })
}

function movedMeanwhile() {
  return refused({
    code: 'supervision.moved-meanwhile',
    text: '这个问题刚被别人办过一步—您看到的已不是现在的环节—请刷新后再决定。',
  })
}

function pointsSomewhere(plan: Plan, finding: Finding, cause: FindingOwner['cause']): boolean {
  return ownerUnits(plan, finding).some((each) => each.cause === cause)
}

function noSuchCause() {
  return refused({
    code: 'supervision.no-such-cause',
    text: '学校、幼儿园自己整改的问题，成因只能是管理—经费、编制、用地由县里负责—请改选“管理”，或另对县级立项。',
  })
}

function noOwner() {
  return refused({
    code: 'supervision.no-owner',
    text: '责任单位填写不对—交办须写明责任单位、责任人和成因，其他步骤不能改—请核对后再办。',
  })
}
