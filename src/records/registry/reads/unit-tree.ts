import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/transaction-client.ts'
import type { Tree } from '../unit-link.ts'

/** 隶属树 — who stands under whom on the day the books are read. */
export interface UnitTree {
  readonly parentOf: ReadonlyMap<number, number>
  readonly childrenOf: ReadonlyMap<number, readonly number[]>
}

/** 读隶属树 — one of the trees, children in rising order of id. */
export async function unitTree(tx: Tx, tree: Tree): Promise<UnitTree> {
  const { rows } = await sql<{ child: number; parent: number }>`
    select child_id as child, parent_id as parent from book.unit_link
     where tree = ${tree} order by child_id`.execute(tx)
  const childrenOf = new Map<number, number[]>()
  for (const { child, parent } of rows) {
    const siblings = childrenOf.get(parent)
    if (siblings) siblings.push(child)
    else childrenOf.set(parent, [child])
  }
  return { parentOf: new Map(rows.map((row) => [row.child, row.parent])), childrenOf }
}
