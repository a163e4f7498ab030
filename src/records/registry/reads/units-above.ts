import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/transaction-client.ts'
import type { UnitKind } from '../unit.ts'
import type { Tree } from '../unit-link.ts'
import { listSuccessions } from './follow-succession.ts'
import { unitTree } from './unit-tree.ts'

/** 所在的树 — the tree in which a kind of unit stands. */
export function treeOf(kind: UnitKind): Tree {
  if (kind === 'school-group' || kind === 'catchment' || kind === 'township-centre') return kind
  return kind === 'inspection-area' ? 'inspection' : 'administrative'
}

/**
 * 上级单位 — finds the unit of a kind in or above which a unit stands, on the tree of the day the books are read.
 *
 * A unit that has gone up in another is followed into it first (into the largest share, if it was split).
 */
export async function unitsAbove(tx: Tx, kind: UnitKind): Promise<(unitId: number) => number | undefined> {
  const { rows } = await sql<{ id: number }>`
    select unit_id as id from book.unit_last where kind = ${kind}`.execute(tx)
  const wanted = new Set(rows.map((row) => row.id))
  const { parentOf } = await unitTree(tx, treeOf(kind))
  const heirOf = await heirs(tx)
  return (unitId) => {
    const passed = new Set<number>()
    let at: number | undefined = unitId
    while (at !== undefined && !passed.has(at)) {
      passed.add(at)
      const heir = heirOf.get(at)
      if (heir === undefined && wanted.has(at)) return at
      at = heir ?? parentOf.get(at)
    }
    return undefined
  }
}

async function heirs(tx: Tx): Promise<Map<number, number>> {
  const largestLast = (await listSuccessions(tx, 'unit')).sort((one, other) => one.share - other.share)
  const goneUp = largestLast.filter((succession) => succession.fromId !== succession.toId)
  return new Map(goneUp.map((succession) => [succession.fromId, succession.toId]))
}
