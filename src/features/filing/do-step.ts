import type { Static } from 'typebox'
import { granted, type Result, refused } from '../../kernel/result.ts'
import type { Plan } from '../../plan/index.ts'
import type { Visitor } from '../../platform/access/visitor.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { type NotFound, notFound } from '../../platform/http/route.ts'
import { announce } from '../../platform/webhooks/announce.ts'
import type { FilingInForm } from '../../records/returns/filing.ts'
import { findFiling } from '../../records/returns/find-filings.ts'
import { gatherAnswers, readAnswers, readBefore } from '../../records/returns/read-answers.ts'
import { enterFiling, takeStep } from '../../records/returns/take-step.ts'
import type { StepBody, StepDone } from './contract.ts'
import { moveFiling, tellState } from './flow.ts'
import { handsOf, stateOf } from './hands.ts'
import { judge, withKnown } from './judge.ts'
import { readKnown } from './read-known.ts'
import { spokenDay } from './show-filing.ts'

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
): Promise<Result<Static<typeof StepDone>> | NotFound> {
  const found = await findFiling(tx, filingId, 'locked')
  if (!found) return notFound
  const { filing, form } = found
  if (!handsOf(visitor, form, filing).includes(hand)) return notYours(form.zh)
  if (revision !== filing.revision) return movedMeanwhile(form.zh, tellState(stateOf(filing)))
  const moved = moveFiling(form.approvedBy, stateOf(filing), act, hand, reason)
  if (!moved.ok) return moved
  const ground =
    act === 'submit' || moved.value.phase === 'approved'
      ? await readGround(tx, plan, found, today)
      : undefined
  if (act === 'submit' && ground && ground.errors.length > 0) return errorsLeft(form.zh, ground.errors)
  const after = { phase: moved.value.phase, atLevel: 'at' in moved.value ? moved.value.at : null }
  await takeStep(tx, filing, {
    act,
    hand,
    after,
    by: visitor.name,
    ...(reason && { reason }),
    ...(cells && { cells }),
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

async function readGround(tx: Tx, plan: Plan, { filing, form }: FilingInForm, today: string) {
  const day = spokenDay(form, filing, today)
  const known = await readKnown(tx, plan, form, { countyId: filing.countyId, id: filing.subjectId }, day)
  const filed = gatherAnswers(await readAnswers(tx, filing))
  const remarks = judge(plan, form, filed, { before: await readBefore(tx, { filing, form }), known, day })
  return { filed: withKnown(filed, known), errors: remarks.filter(({ severity }) => severity === 'error') }
}

function notYours(form: string) {
  return refused({
    code: 'filing.not-yours',
    text: `这一步不归您办—您不能以这个身份办理《${form}》—请由填报单位或相应的审核单位办理。`,
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
