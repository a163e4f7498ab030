import type { Static } from 'typebox'
import { unexplained } from '../../engines/filing/explain.ts'
import type { Remark } from '../../engines/filing/judge-filing.ts'
import { granted, type Result, refused } from '../../kernel/result.ts'
import type { Plan } from '../../plan/index.ts'
import type { Visitor } from '../../platform/access/visitor.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { type NotFound, notFound } from '../../platform/http/route.ts'
import { announce } from '../../platform/webhooks/announce.ts'
import { listExplanations } from '../../records/returns/explain-doubt.ts'
import type { FilingInForm } from '../../records/returns/filing.ts'
import { findFiling } from '../../records/returns/find-filings.ts'
import { standingRemarks } from '../../records/returns/remark-cell.ts'
import { enterFiling, takeStep } from '../../records/returns/take-step.ts'
import type { StepBody, StepDone } from './contract.ts'
import { moveFiling, needsReason, tellState } from './flow.ts'
import { stateOf } from './hands.ts'
import { type Ground, readGround } from './read-ground.ts'
import { readStanding } from './read-standing.ts'
import { sendRemarks } from './say-remarks.ts'

/**
 * 办理一步 — hands in, takes in hand, approves, returns or opens a filing again, as the flow allows.
 *
 * Nothing with an answer owed or an error left can be handed in. The last approval enters the filing into the books,
 * together with what they already said of the subject that day.
 */
export async function doStep(
  tx: Tx,
  plan: Plan,
  visitor: Visitor,
  filingId: number,
  { act, hand, revision, reason, cells }: Static<typeof StepBody>,
  today: string,
  compared: readonly Remark[],
): Promise<Result<Static<typeof StepDone>> | NotFound> {
  const found = await findFiling(tx, filingId, 'locked')
  if (!found) return notFound
  const { filing, form } = found
  const { hands, barred, path } = await readStanding(tx, visitor, found)
  if (barred.includes(hand)) return bothLevels(form.zh)
  if (!hands.includes(hand)) return notYours(form.zh)
  if (revision !== filing.revision) return movedMeanwhile(form.zh, tellState(stateOf(filing)))
  const moved = moveFiling(path, stateOf(filing), act, hand, reason)
  if (!moved.ok) return moved
  const planned = act === 'approve' ? await standingRemarks(tx, filing) : []
  if (planned.length > 0) return remarksLeft(form.zh, planned.length)
  const ground =
    act === 'submit' || moved.value.phase === 'approved'
      ? await readGround(tx, plan, found, today)
      : undefined
  const stopped = act === 'submit' && ground && (await stops(tx, found, ground, compared))
  if (stopped) return stopped
  const after = { phase: moved.value.phase, atLevel: 'at' in moved.value ? moved.value.at : null }
  await takeStep(tx, filing, {
    act,
    hand,
    after,
    by: visitor.name,
    ...(reason && { reason }),
    ...(needsReason(act) && { cells: await sendRemarks(tx, visitor, filing, cells) }),
  })
  if (after.phase === 'approved' && ground) await enterFiling(tx, filing, form, ground.filed)
  await announce(tx, 'filing.moved', {
    filingId,
    form: form.id,
    period: filing.period,
    act,
    phase: after.phase,
  })
  return granted({ phase: after.phase, stands: tellState(moved.value), revision: revision + 1 })
}

/** Errors stop a filing; doubts want a word first. */
async function stops(tx: Tx, { filing, form }: FilingInForm, ground: Ground, compared: readonly Remark[]) {
  const remarks = [...ground.remarks, ...compared]
  const errors = remarks.filter(({ severity }) => severity === 'error')
  if (errors.length > 0) return errorsLeft(form.zh, errors)
  const doubts = unexplained(remarks, ground.filed, await listExplanations(tx, filing))
  return doubts.length > 0 && doubtsLeft(form.zh, doubts)
}

function notYours(form: string) {
  return refused({
    code: 'filing.not-yours',
    text: `这一步不归您办—您不能以这个身份办理《${form}》—请由填报单位或相应的审核单位办理。`,
  })
}

function bothLevels(form: string) {
  return refused({
    code: 'filing.both-levels',
    text: `这一步不能由您办—您填报过这份《${form}》，或在下一级审核过它，填报和各级审核不能是同一个人—请由本级其他人员办理。`,
  })
}

function movedMeanwhile(form: string, stands: string) {
  return refused({
    code: 'filing.moved-meanwhile',
    text: `《${form}》刚被别人办过一步—现在“${stands}”—请刷新后再决定。`,
  })
}

function errorsLeft(form: string, errors: readonly { readonly says: string }[]) {
  const more = errors.length > 1 ? `等 ${errors.length} 处` : ''
  return refused({
    code: 'filing.errors-left',
    text: `《${form}》还不能提交—${errors[0]!.says.replace(/[。；]$/, '')}${more}—请改好标红的单元格再提交。`,
    facts: { errors: errors.length },
  })
}

function remarksLeft(form: string, count: number) {
  return refused({
    code: 'filing.remarks-left',
    text: `《${form}》还不能审核通过—有 ${count} 处拟退回意见没有送达填报单位—请退回并送达，或删去意见后再通过。`,
    facts: { remarks: count },
  })
}

function doubtsLeft(form: string, doubts: readonly { readonly says: string }[]) {
  const more = doubts.length > 1 ? `等 ${doubts.length} 处` : ''
  return refused({
    code: 'filing.doubts-left',
    text: `《${form}》还不能提交—${doubts[0]!.says.replace(/[。；]$/, '')}${more}—请核对；数据属实的，在“存疑与待核”里说明原因后再提交。`,
    facts: { doubts: doubts.length },
  })
}
