import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/transaction-client.ts'
import { refuse } from '../refusals.ts'
import { type ActBasis, enterAct } from './act-basis.ts'
import type { HandOver } from './hand-over.ts'

/**
 * 能否跨县划转 — the receiving county must exist and differ, and the day must have come.
 *
 * A move ahead of its day is refused: figures filed in between would stay behind in the old county's book.
 */
export async function cannotCross(tx: Tx, basis: ActBasis, toCountyId: number, name: string) {
  if (toCountyId === basis.countyId) return refuse('registry.same-county', { name })
  const { rows } = await sql<{ ahead: boolean }>`
    select ${basis.effectiveOn}::date > (now() at time zone 'Asia/Shanghai')::date as ahead
      from registry.county where county_id = ${toCountyId}`.execute(tx)
  if (!rows[0]) return refuse('registry.county-unknown', { countyId: toCountyId })
  return rows[0].ahead ? refuse('registry.move-ahead-of-day', { name, day: basis.effectiveOn }) : undefined
}

/** 登记划转 — records the move in both counties' books, each naming the other. */
export async function enterMove(
  tx: Tx,
  basis: ActBasis,
  toCountyId: number,
  touched: Readonly<Record<string, unknown>>,
): Promise<HandOver> {
  const detail = { ...touched, fromCountyId: basis.countyId, toCountyId }
  return {
    from: await enterAct(tx, 'move', basis, detail),
    to: await enterAct(tx, 'move', basis, detail, toCountyId),
  }
}
