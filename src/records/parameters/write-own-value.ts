import { sql } from 'kysely'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { OwnValue } from './own-value.ts'

/** 提出取值 — enters a value that waits for another person's decision; undefined when one of the parameter waits already. */
export async function proposeOwnValue(
  tx: Tx,
  cityId: number,
  value: Pick<
    OwnValue,
    | 'key'
    | 'value'
    | 'from'
    | 'status'
    | 'document'
    | 'article'
    | 'quote'
    | 'reason'
    | 'impact'
    | 'planVersion'
    | 'proposedBy'
    | 'proposer'
  >,
): Promise<number | undefined> {
  const { rows } = await sql<{ id: number }>`
    insert into parameters.own_value (county_id, parameter, value, from_day, status, document, article, quote, reason,
      impact, plan_version, proposed_by, proposer)
    values (${cityId}, ${value.key}, ${JSON.stringify(value.value)}, ${value.from}, ${value.status}, ${value.document},
      ${value.article ?? null}, ${value.quote ?? null}, ${value.reason}, ${JSON.stringify(value.impact)},
      ${value.planVersion}, ${value.proposedBy}, ${value.proposer})
    on conflict (county_id, parameter) where phase = 'proposed' do nothing
    returning value_id as id`.execute(tx)
  return rows[0]?.id
}

/** 审定 — decides a value that waits; false when it waits no longer. Whoever proposed it cannot decide: the table says so too. */
export async function decideOwnValue(
  tx: Tx,
  cityId: number,
  valueId: number,
  decision: {
    readonly phase: 'approved' | 'declined'
    readonly by: string
    readonly name: string
    readonly note?: string | undefined
  },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update parameters.own_value
       set phase = ${decision.phase}, decided_by = ${decision.by}, decider = ${decision.name}, decided_at = now(),
           note = ${decision.note ?? null}
     where county_id = ${cityId} and value_id = ${valueId} and phase = 'proposed'`.execute(tx)
  return numAffectedRows === 1n
}
