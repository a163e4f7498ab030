import { granted, type Result, refused } from '../../kernel/result.ts'
import type { Paper, PaperAct, PaperPhase } from '../../records/papers/paper.ts'
import { stepNames } from './contract.ts'

/** 公文步骤 — what can be done with a paper once it is drafted. */
export type PaperMove = Exclude<PaperAct, 'draft'>

const moves: Readonly<Record<PaperMove, { readonly from: PaperPhase; readonly to: PaperPhase }>> = {
  renew: { from: 'draft', to: 'draft' },
  submit: { from: 'draft', to: 'submitted' },
  approve: { from: 'submitted', to: 'approved' },
  return: { from: 'submitted', to: 'draft' },
  issue: { from: 'approved', to: 'issued' },
  void: { from: 'issued', to: 'issued' },
}

const phaseNames: Readonly<Record<PaperPhase, string>> = {
  draft: '拟稿',
  submitted: '待审批',
  approved: '已审批，待编号印发',
  issued: '已印发',
}

export const actNames: Readonly<Record<PaperAct, string>> = { draft: '拟稿', ...stepNames }

type Stand = Pick<Paper, 'phase' | 'writtenBy' | 'missing' | 'voidedOn'>

/** 状态说法 — where a paper stands, in words. */
export function tellStand({ phase, voidedOn }: Pick<Paper, 'phase' | 'voidedOn'>): string {
  return voidedOn === null ? phaseNames[phase] : '已作废'
}

/** 可办步骤 — what this account may do with a paper now: who wrote it never approves it or sends it back. */
export function movesOpenTo({ phase, writtenBy, voidedOn }: Stand, account: string): PaperMove[] {
  if (voidedOn !== null) return []
  return (Object.keys(moves) as PaperMove[])
    .filter((act) => moves[act].from === phase)
    .filter((act) => !judges(act) || !writtenBy.includes(account))
}

/**
 * 走一步 — where an act leads, or why not: approved by a second person, returned or declared void with a reason, sent on
 * with gaps only when whoever does it says that he knows them.
 */
export function movePhase(
  paper: Stand,
  act: PaperMove,
  by: {
    readonly account: string
    readonly reason?: string | undefined
    readonly withGaps?: boolean | undefined
  },
): Result<PaperPhase> {
  const { from, to } = moves[act]
  if (paper.phase !== from || paper.voidedOn !== null) return outOfTurn(act, paper)
  if (judges(act) && paper.writtenBy.includes(by.account)) return ownDraft()
  if ((act === 'return' || act === 'void') && !by.reason?.trim()) return noReason(actNames[act])
  if ((act === 'submit' || act === 'issue') && paper.missing.length > 0 && !by.withGaps)
    return gapsLeft(paper)
  return granted(to)
}

const judges = (act: PaperMove) => act === 'approve' || act === 'return'

/** 及于全部 — sent to, or called back from, every county the paper is for: whoever does not reach one of them would leave it out. */
export function reachesAll(act: PaperMove): boolean {
  return act === 'issue' || act === 'void'
}

function outOfTurn(act: PaperMove, paper: Stand) {
  return refused({
    code: 'paper.out-of-turn',
    text: `现在不能${actNames[act]}—这份公文的状态是“${tellStand(paper)}”—请刷新后按现有步骤办理。`,
  })
}

function ownDraft() {
  return refused({
    code: 'paper.own-draft',
    text: '您拟过或送过这份稿，不能自己审批—公文要由第二个人审—请同单位另一位同事办理。',
  })
}

/** 没有写理由 — what takes a paper back wants one. */
export function noReason(what: string) {
  return refused({
    code: 'paper.no-reason',
    text: `没有写${what}理由—看到的人不知道为什么${what}—请写明后再办。`,
  })
}

function gapsLeft({ missing }: Stand) {
  const named = missing.slice(0, 5).map(({ of, where }) => `${where} ${of}`)
  return refused({
    code: 'paper.gaps-left',
    text: `还有 ${missing.length} 处待补：${named.join('、')}${missing.length > 5 ? '等' : ''}—这些数台账里没有，公文上印作〔待补〕—请催报后重新取数；确需这样印发的，勾选“知悉待补”再办。`,
    facts: { missing: missing.length },
  })
}
