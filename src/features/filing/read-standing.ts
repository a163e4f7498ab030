import type { ApprovalLevel } from '../../kernel/approval-level.ts'
import type { Visitor } from '../../platform/access/visitor.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { approvalPath, hasTownshipCentre } from '../../records/returns/approval-path.ts'
import type { FilingInForm } from '../../records/returns/filing.ts'
import type { FilingHand } from './flow.ts'
import { handsOf } from './hands.ts'

/** 审核关系 — the levels through which a filing goes on this day's tree, and in whose name this visitor may act on it. */
export async function readStanding(
  tx: Tx,
  visitor: Visitor,
  { filing, form }: FilingInForm,
): Promise<{ readonly path: readonly ApprovalLevel[]; readonly hands: readonly FilingHand[] }> {
  const centre = await hasTownshipCentre(tx, filing)
  return { path: approvalPath(form, filing, centre), hands: handsOf(visitor, form, filing, !centre) }
}
