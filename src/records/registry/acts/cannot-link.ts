import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/transaction-client.ts'
import { refuse } from '../refusals.ts'
import type { UnitLink } from '../unit-link.ts'
import type { ActBasis } from './act-basis.ts'
import { unitOn } from './standing.ts'

type Link = Pick<UnitLink, 'tree' | 'childId' | 'parentId'>

/** 能否改隶属 — both units must stand that day, and with all the new links no unit may come to stand above itself. */
export async function cannotLink(tx: Tx, basis: ActBasis, links: readonly Link[]) {
  const { countyId, effectiveOn: day } = basis
  for (const { childId, parentId } of links) {
    for (const unitId of [childId, parentId]) {
      if (!(await unitOn(tx, countyId, unitId, day)))
        return refuse('registry.unit-not-there', { unitId, day })
    }
  }
  for (const tree of new Set(links.map((link) => link.tree))) {
    const mine = links.filter((link) => link.tree === tree)
    const parents = await parentsOn(tx, basis, tree)
    for (const link of mine) parents.set(link.childId, link.parentId)
    const circling = mine.find((link) => standsAboveItself(parents, link.childId))
    if (circling) {
      return refuse('registry.circle', { childId: circling.childId, parentId: circling.parentId })
    }
  }
  return undefined
}

async function parentsOn(tx: Tx, basis: ActBasis, tree: string): Promise<Map<number, number>> {
  const { rows } = await sql<{ child: number; parent: number }>`
    select child_id as child, parent_id as parent from book.unit_link_dates
     where county_id = ${basis.countyId} and tree = ${tree} and valid @> ${basis.effectiveOn}::date`.execute(
    tx,
  )
  return new Map(rows.map((row) => [row.child, row.parent]))
}

function standsAboveItself(parents: ReadonlyMap<number, number>, unitId: number): boolean {
  const seen = new Set([unitId])
  for (let above = parents.get(unitId); above !== undefined; above = parents.get(above)) {
    if (seen.has(above)) return true
    seen.add(above)
  }
  return false
}
