import {
  type FindingAct,
  type FindingHand,
  type FindingPhase,
  findingActs,
  findingHands,
  findingPhases,
} from '../../kernel/finding.ts'
import { granted, type Result, refused } from '../../kernel/result.ts'

/** 问题所处 — what of a finding decides which step may follow. */
export interface FindingState {
  readonly phase: FindingPhase
  /** Whose fault it is to mend: only who stands above them may judge. */
  readonly ownerLevel: 'institution' | 'county'
  readonly dueOn: string | null
  /** The rule that found it finds it no more. */
  readonly conditionMet: boolean
  /** The accounts that have done a step, and for which side. */
  readonly sides: ReadonlyMap<string, Side>
}

/** 立场 — mending, or judging what was mended; nobody does both of one finding. */
export type Side = 'rectify' | 'judge'

/** 所办之事 — an act with the words and the deadline it brings. */
export interface FindingDoing {
  readonly act: FindingAct
  readonly hand: FindingHand
  readonly account: string
  readonly says?: string | undefined
  readonly dueOn?: string | undefined
  /** By when a department will do what it says. */
  readonly promisedOn?: string | undefined
  /** How many pieces of evidence lie there. */
  readonly evidence: number
  readonly today: string
}

interface Move {
  readonly from: readonly FindingPhase[]
  /** Absent: it stays where it is. */
  readonly to?: FindingPhase
  readonly by: 'rectifier' | 'partner' | 'above' | 'platform' | 'above or platform'
}

const judging: readonly FindingHand[] = ['county', 'inspector', 'city']
const open: readonly FindingPhase[] = ['opened', 'assigned', 'signed', 'answered', 'rechecked']

/** 立项→交办→签收→整改→复核→销号, with what can happen beside it. */
const moves: Readonly<Record<Exclude<FindingAct, 'open'>, Move>> = {
  reopen: { from: ['closed'], to: 'opened', by: 'above or platform' },
  dismiss: { from: ['opened'], to: 'closed', by: 'above' },
  assign: { from: ['opened'], to: 'assigned', by: 'above' },
  sign: { from: ['assigned'], to: 'signed', by: 'rectifier' },
  answer: { from: ['signed'], to: 'answered', by: 'rectifier' },
  confer: { from: ['assigned', 'signed'], by: 'partner' },
  'send-back': { from: ['answered', 'rechecked'], to: 'signed', by: 'above' },
  recheck: { from: ['assigned', 'signed', 'answered'], to: 'rechecked', by: 'above' },
  close: { from: ['rechecked'], to: 'closed', by: 'above' },
  'ask-extension': { from: ['assigned', 'signed'], by: 'rectifier' },
  extend: { from: ['assigned', 'signed'], by: 'above' },
  interview: { from: open, by: 'above' },
  escalate: { from: open, by: 'above or platform' },
  // of one dismissed too: there it ends what the dismissal excuses
  'condition-met': { from: [...open, 'closed'], by: 'platform' },
  'condition-lost': { from: open, by: 'platform' },
}

/** Acts that speak for themselves; every other wants its reason or what was seen. */
const wordless: readonly FindingAct[] = ['assign', 'sign', 'close']

/**
 * 问题办理流程 — where an act leads, or why it cannot be done now or by this hand.
 *
 * Who must rectify signs, answers and asks for more time; a department whose money or posts it lacks says what it will do
 * by when and moves nothing; everything that judges belongs to an office above them, and nobody stands on both sides of
 * one finding. A deadline is set when it is handed over and moves only later and only by
 * a granted extension with its reason. A condition that the books show as met closes nothing by itself.
 */
export function moveFinding(state: FindingState, doing: FindingDoing): Result<FindingPhase> {
  const { act, hand, account } = doing
  const move = act === 'open' ? undefined : moves[act]
  if (!move || !isOpen(move, state, hand, act)) return outOfTurn(state, doing)
  if (hand !== 'platform' && (state.sides.get(account) ?? sideOf(hand)) !== sideOf(hand)) return bothSides()
  if (!wordless.includes(act) && !doing.says?.trim()) return noWords(act)
  if (act === 'assign' || act === 'extend') {
    const after = act === 'extend' ? (state.dueOn ?? doing.today) : doing.today
    if (doing.dueOn === undefined || doing.dueOn <= after || doing.dueOn <= doing.today) return notLater()
  }
  if (act === 'confer' && (doing.promisedOn === undefined || doing.promisedOn < doing.today))
    return noPromise()
  if (act === 'answer' && doing.evidence === 0 && !state.conditionMet) return noEvidence()
  return granted(move.to ?? state.phase)
}

/** 可办动作 — what this person may do now under this hand; the page shows these and no others. */
export function actsOpenTo(state: FindingState, hand: FindingHand, account: string): FindingAct[] {
  const side = state.sides.get(account)
  if (hand !== 'platform' && side !== undefined && side !== sideOf(hand)) return []
  return (Object.entries(moves) as [FindingAct, Move][]).flatMap(([act, move]) =>
    isOpen(move, state, hand, act) ? [act] : [],
  )
}

/** 须写文字 — acts that want a reason, or what was seen or done. */
export function needsWords(act: FindingAct): boolean {
  return !wordless.includes(act)
}

/** 属哪一方 — whoever is to mend it, or to give what it lacks, judges nothing of it. */
export function sideOf(hand: FindingHand): Side {
  return hand === 'rectifier' || hand === 'partner' ? 'rectify' : 'judge'
}

function isOpen({ from, by }: Move, state: FindingState, hand: FindingHand, act: FindingAct): boolean {
  if (!from.includes(state.phase)) return false
  // Without an answer it may be looked at only where the books themselves show that it is mended.
  if (act === 'recheck' && state.phase !== 'answered' && !state.conditionMet) return false
  if (by === 'rectifier' || by === 'partner' || by === 'platform') return hand === by
  if (hand === 'platform') return by === 'above or platform'
  return judging.includes(hand) && (state.ownerLevel === 'institution' || hand === 'city')
}

function outOfTurn({ phase, ownerLevel }: FindingState, { act, hand }: FindingDoing) {
  return refused({
    code: 'supervision.out-of-turn',
    text: `现在不能${findingActs[act]}—问题“${findingPhases[phase]}”，${findingHands[hand]}此时不能办这一步${
      ownerLevel === 'county' ? '；县级负责整改的问题由市级督导部门复核销号' : ''
    }—请刷新后按当前状态办理。`,
    facts: { phase, act, hand },
  })
}

function bothSides() {
  return refused({
    code: 'supervision.both-sides',
    text: '这一步不能由您办—您已代表另一方办过这个问题，整改和复核不能是同一个人—请由其他人办理。',
  })
}

function noWords(act: FindingAct) {
  return refused({
    code: 'supervision.no-words',
    text: `${findingActs[act]}须写明情况或理由—台账和通知书要引用—请填写后再办。`,
  })
}

function notLater() {
  return refused({
    code: 'supervision.deadline-not-later',
    text: '期限没有往后—整改期限只能晚于今天，延期只能晚于原期限—请按工作日数重新填写。',
  })
}

function noPromise() {
  return refused({
    code: 'supervision.no-promise',
    text: '会办意见没有写何时办到，或那一天已过—整改责任单位要据此安排整改—请填写今天或以后的日期。',
  })
}

function noEvidence() {
  return refused({
    code: 'supervision.no-evidence',
    text: '还不能报送整改情况—没有佐证材料，复核的人无从核对—请先上传照片或文件。',
  })
}
