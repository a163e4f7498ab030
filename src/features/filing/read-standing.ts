import type { ApprovalLevel } from '../../kernel/approval-level.ts'
import type { Visitor } from '../../platform/access/visitor.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { approvalPath, hasTownshipCentre } from '../../records/returns/approval-path.ts'
import type { FilingInForm } from '../../records/returns/filing.ts'
import { handsActed } from '../../records/returns/hands-acted.ts'
import type { FilingHand } from './flow.ts'
import { barredHands, handsOf } from './hands.ts'

/** 审核关系 — how a visitor stands to a filing. */
export interface Standing {
  /** The levels through which it goes on this day's tree. */
  readonly path: readonly ApprovalLevel[]
  /** In whose name they may act on it. */
  readonly hands: readonly FilingHand[]
  /** In whose name they might, had they no part in it at a lower level. */
  readonly barred: readonly FilingHand[]
}

/** 取审核关系 — the way of a filing and the visitor's hands in it, by their grants and by what they already did in it. */
export async function readStanding(
  tx: Tx,
  visitor: Visitor,
  { filing, form }: FilingInForm,
): Promise<Standing> {
  const centre = await hasTownshipCentre(tx, filing)
  const granted = handsOf(visitor, form, filing, !centre)
  const barred = barredHands(granted, await handsActed(tx, filing, visitor))
  return {
    path: approvalPath(form, filing, centre),
    hands: granted.filter((hand) => !barred.includes(hand)),
    barred,
  }
}
