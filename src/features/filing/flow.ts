import type { ApprovalLevel } from '../../kernel/approval-level.ts'
import { granted, type Result, refused } from '../../kernel/result.ts'
import { actNames, handNames } from './contract.ts'

/** 填报状态 — draft, with a level (handed in there, or taken in hand), returned to be mended, or approved and locked. */
export type FilingState =
  | { readonly phase: 'draft' | 'returned' | 'approved' }
  | { readonly phase: 'submitted' | 'accepted'; readonly at: ApprovalLevel }

/** 办理动作 — everything that can happen to a filing. */
export type FilingAct = keyof typeof actNames

/** 办理人 — the one who fills, or the level in whose name somebody acts. */
export type FilingHand = keyof typeof handNames

/** 状态说法 — a state in words. */
export function tellState(state: FilingState): string {
  if (state.phase === 'submitted') return `已提交，待${handNames[state.at]}受理`
  if (state.phase === 'accepted') return `${handNames[state.at]}审核中`
  return { draft: '填写中', returned: '已退回，待修改', approved: '已通过，已锁定' }[state.phase]
}

/**
 * 报送审核流程 — the state after an act, or why it cannot be done now or by this hand.
 *
 * School → township centre (where the form has it) → county → city: each level takes a filing in hand and only then
 * approves it on to the next or returns it with a reason; the last level's approval locks it, and only that level may
 * open it again, with a reason. A level can neither be skipped nor act twice on one handing-in.
 */
export function moveFiling(
  path: readonly ApprovalLevel[],
  state: FilingState,
  act: FilingAct,
  hand: FilingHand,
  reason?: string,
): Result<FilingState> {
  if (needsReason(act) && !reason?.trim())
    return refused({
      code: 'filing.no-reason',
      text: `${actNames[act]}须写明原因—填报单位要凭原因修改—请填写后再办。`,
    })
  const next = moves[act](path, state, hand)
  return next ? granted(next) : outOfTurn(state, act, hand)
}

/** 可办动作 — what this hand may do now; the page shows these and no others. */
export function actsOpenTo(
  path: readonly ApprovalLevel[],
  state: FilingState,
  hand: FilingHand,
): readonly FilingAct[] {
  return (Object.keys(actNames) as FilingAct[]).filter((act) => moves[act](path, state, hand) !== undefined)
}

/** 是否须写原因 — acts that take a filing back from where it stood want a reason. */
export function needsReason(act: FilingAct): boolean {
  return act === 'return' || act === 'reopen'
}

type Move = (path: readonly ApprovalLevel[], state: FilingState, hand: FilingHand) => FilingState | undefined

const moves: Readonly<Record<FilingAct, Move>> = {
  submit: ([first], { phase }, hand) =>
    hand === 'filler' && first && (phase === 'draft' || phase === 'returned')
      ? { phase: 'submitted', at: first }
      : undefined,
  withdraw: ([first], state, hand) =>
    hand === 'filler' && state.phase === 'submitted' && state.at === first ? { phase: 'draft' } : undefined,
  accept: (_, state, hand) =>
    state.phase === 'submitted' && state.at === hand ? { phase: 'accepted', at: state.at } : undefined,
  approve: (path, state, hand) => {
    if (state.phase !== 'accepted' || state.at !== hand) return undefined
    const next = path[path.indexOf(state.at) + 1]
    return next ? { phase: 'submitted', at: next } : { phase: 'approved' }
  },
  return: (_, state, hand) =>
    state.phase === 'accepted' && state.at === hand ? { phase: 'returned' } : undefined,
  reopen: (path, { phase }, hand) =>
    phase === 'approved' && hand === path.at(-1) ? { phase: 'returned' } : undefined,
}

function outOfTurn(state: FilingState, act: FilingAct, hand: FilingHand) {
  return refused({
    code: 'filing.out-of-turn',
    text: `现在不能${actNames[act]}—本表“${tellState(state)}”，${handNames[hand]}此时不能办这一步—请刷新后按当前状态办理。`,
    facts: { state: tellState(state), act, hand },
  })
}
