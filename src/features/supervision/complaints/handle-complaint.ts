import type { Static } from 'typebox'
import { isMissing } from '../../../kernel/missing.ts'
import { granted, type Result, refused } from '../../../kernel/result.ts'
import { afterWorkingDays } from '../../../kernel/working-days.ts'
import { numberParameter, type Plan } from '../../../plan/index.ts'
import { actsAllowed } from '../../../platform/access/policy.ts'
import type { Visitor } from '../../../platform/access/visitor.ts'
import { looksPersonal } from '../../../platform/audit/personal-looking.ts'
import type { Tx } from '../../../platform/db/transaction-client.ts'
import { type NotFound, notFound } from '../../../platform/http/route.ts'
import type { Vault } from '../../../platform/vault/vault.ts'
import { findFinding } from '../../../records/findings/list-findings.ts'
import { complaintAccess } from '../access.ts'
import {
  type ComplaintAct,
  type ComplaintRow,
  type ComplaintShown,
  type ComplaintStand,
  type ComplaintStepBody,
  type ComplaintStepDone,
  complaintActs,
  complaintStands,
} from '../complaint-contract.ts'
import { findViolation } from '../name-rule.ts'
import { openByPerson, placeOf } from '../open-by-person.ts'
import { aboutComplaint, type ComplaintField } from './sealed-complaints.ts'
import { type Complaint, findComplaint, listComplaintSteps, takeComplaintStep } from './store.ts'

/** 受理→立项督办→答复, or 受理→不予立项: which acts may follow where it stands. */
const next: Readonly<Record<ComplaintStand, readonly ComplaintAct[]>> = {
  received: ['take'],
  take: ['found', 'close'],
  found: ['answer'],
  close: [],
  answer: [],
}

/** 办结期限 — working days, as somebody entered them; null where nobody did. */
export function answerDays(plan: Plan, day: string): number | null {
  const found = numberParameter(plan, 'complaint.answer-working-days', { on: day, asOf: day })
  return isMissing(found) || !found.ok ? null : found.value
}

/** 应办结之日 — of what came in on a day; null where nobody entered the length. */
export function dueDay(plan: Plan, receivedOn: string): string | null {
  const days = answerDays(plan, receivedOn)
  return days === null ? null : afterWorkingDays(receivedOn, days, plan.calendar).day
}

/** 台账一行 — with its deadline, if there is one; nothing of what was written. */
export function complaintRow(plan: Plan, complaint: Complaint, today: string): ComplaintRow {
  const { countyId, county, complaintId, rule, receivedOn, stand, findingId } = complaint
  const dueOn = dueDay(plan, receivedOn)
  const kind = rule === null ? undefined : findViolation(plan, rule)
  return {
    ...{ countyId, county, complaintId, receivedOn, stand, findingId, dueOn },
    kind: kind ? kind.zh : null,
    late: dueOn !== null && dueOn < today && next[stand].length > 0,
  }
}

/** 打开一件投诉 — unseals what was written; undefined when it is not there or out of sight. */
export async function showComplaint(
  tx: Tx,
  { plan, vault }: { readonly plan: Plan; readonly vault: Vault },
  visitor: Visitor,
  complaintId: number,
  today: string,
): Promise<ComplaintShown | undefined> {
  const complaint = await findComplaint(tx, complaintId)
  if (!complaint) return undefined
  const open = async (field: ComplaintField) => {
    const sealed = complaint[field]
    return sealed && vault.open(sealed, aboutComplaint(field, complaint))
  }
  return {
    ...complaintRow(plan, complaint, today),
    rule: complaint.rule,
    revision: complaint.revision,
    erasedOn: complaint.erasedOn,
    school: await open('school'),
    words: await open('words'),
    contact: await open('contact'),
    steps: await listComplaintSteps(tx, complaint),
    mayDo: mayHandle(visitor, complaint) ? [...next[complaint.stand]] : [],
  }
}

/**
 * 办一步 — takes it in hand, turns it into a finding, closes it with a reason, or answers what came of it.
 *
 * Read under the lock of its county, and of the one the finding will stand in: of two who turn it into a finding at once,
 * the second opens none, and two who cross each other's counties do not wait for each other. Where the same kind is
 * being mended there already the complaint joins that finding; where it was dismissed nothing would be mended, and the
 * complainant must not read otherwise.
 */
export async function handleComplaint(
  tx: Tx,
  plan: Plan,
  visitor: Visitor,
  complaintId: number,
  { act, revision, says, finding }: ComplaintStepBody,
  today: string,
): Promise<Result<Static<typeof ComplaintStepDone>> | NotFound> {
  const place = finding && (await placeOf(tx, finding.institutionId))
  const complaint = await findComplaint(tx, complaintId, { beside: place ? [place.countyId] : [] })
  if (!complaint || !mayHandle(visitor, complaint)) return notFound
  if (revision !== complaint.revision) return movedMeanwhile()
  if (!next[complaint.stand].includes(act) || (act === 'found') !== (finding !== undefined))
    return outOfTurn(complaint.stand, act)
  if ((act === 'close' || act === 'answer') && !says?.trim()) return noReason(act)
  if (looksPersonal([says, finding?.says])) return personal()
  let findingId: number | undefined
  if (finding) {
    const opened = await openByPerson(tx, plan, visitor, { source: 'complaint', ...finding }, today)
    if (!('ok' in opened)) return opened
    if (!opened.ok) return opened
    findingId = opened.value.findingId
    if (opened.value.outcome === 'excused') return excused((await findFinding(tx, findingId))?.number)
  }
  const by = { account: visitor.account, name: visitor.name }
  const words = { says: says?.trim(), facts: finding?.says.trim() }
  await takeComplaintStep(tx, complaint, { act, ...words, findingId, on: today, by })
  return granted({ stand: act, findingId: findingId ?? complaint.findingId })
}

function mayHandle(visitor: Visitor, { countyId }: Complaint): boolean {
  return actsAllowed(complaintAccess, visitor, { counties: [countyId] }).includes('handle')
}

function movedMeanwhile() {
  return refused({
    code: 'supervision.moved-meanwhile',
    text: '这件投诉刚被别人办过一步—您看到的已不是现在的环节—请刷新后再决定。',
  })
}

function outOfTurn(stand: ComplaintStand, act: ComplaintAct) {
  return refused({
    code: 'supervision.complaint-out-of-turn',
    text: `现在不能${complaintActs[act]}—这件投诉“${complaintStands[stand]}”—请刷新后按当前环节办理；立项须写明学校、依据和事实。`,
  })
}

function excused(number: string | undefined) {
  return refused({
    code: 'supervision.complaint-excused',
    text: `不能立项督办—这所学校的同一类问题已由${number ?? '以前的立项'}查过，有理由不予交办，再立也不会重开—事实有变的，请先到该问题重开，再回来立项；没有变的，请写明理由不予立项。`,
  })
}

function noReason(act: ComplaintAct) {
  return refused({
    code: 'supervision.no-words',
    text: `${complaintActs[act]}须写明理由或结果—投诉人凭回执号要看到答复—请填写后再办。`,
  })
}

function personal() {
  return refused({
    code: 'supervision.complaint-personal',
    text: '不能这样写—答复和事实里像有手机号或身份证号，台账、通知书和查询页都会显示—请去掉号码后再办。',
  })
}
