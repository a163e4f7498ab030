import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/transaction-client.ts'
import { apportion } from '../apportion.ts'
import { type Birth, birthFields } from '../birth.ts'
import { entryColumns } from '../entry-columns.ts'
import type { UnitKind } from '../unit.ts'
import { listSuccessions } from './follow-succession.ts'
import { unitTree } from './unit-tree.ts'

/** 单位出生数 — births of a unit in a calendar year: stated by the source, or summed from all units right below. */
export interface UnitBirths {
  readonly unitId: number
  readonly year: number
  readonly births: number
  readonly origin: 'stated' | 'summed'
}

type BirthsByYear = Map<number, UnitBirths>

/**
 * 出生数 — births by unit and year on the tree of the day the books are read, each in its last vintage.
 *
 * A unit's own figure comes first; without one, the sum of the units right below it, if every one of them
 * has a figure: a sum with a gap is missing, not small. What a merged unit filed counts with its heir,
 * unless the heir's own figure was published after the merger and so speaks of the new area already.
 */
export async function readBirths(tx: Tx, kind: UnitKind): Promise<UnitBirths[]> {
  const units = await sql<{ id: number }>`
    select unit_id as id from book.unit where kind = ${kind} order by unit_id`.execute(tx)
  const stated = await statedBirths(tx)
  const { childrenOf } = await unitTree(tx, 'administrative')
  const known = new Map<number, BirthsByYear>()
  const birthsOf = (unitId: number): BirthsByYear => {
    const before = known.get(unitId)
    if (before) return before
    const below = (childrenOf.get(unitId) ?? []).map(birthsOf)
    const births = new Map([...sums(unitId, below), ...(stated.get(unitId) ?? [])])
    known.set(unitId, births)
    return births
  }
  return units.rows.flatMap(({ id }) =>
    [...birthsOf(id).values()].sort((one, other) => one.year - other.year),
  )
}

/** The years for which all the units below have a figure. */
function sums(unitId: number, below: readonly BirthsByYear[]): BirthsByYear {
  const [first, ...others] = below
  const years = [...(first?.keys() ?? [])].filter((year) => others.every((other) => other.has(year)))
  return new Map(
    years.map((year) => {
      const births = below.reduce((sum, one) => sum + one.get(year)!.births, 0)
      return [year, { unitId, year, births, origin: 'summed' }]
    }),
  )
}

async function statedBirths(tx: Tx): Promise<Map<number, BirthsByYear>> {
  const { rows } = await sql<Birth>`select ${entryColumns(birthFields)} from book.birth`.execute(tx)
  const stated = new Map<number, BirthsByYear>()
  const state = (unitId: number, year: number, births: number) => {
    const ofUnit = stated.get(unitId) ?? new Map()
    stated.set(unitId, ofUnit.set(year, { unitId, year, births, origin: 'stated' }))
  }
  for (const row of rows) state(row.unitId, row.year, row.births)
  const vintages = new Map(rows.map((row) => [`${row.unitId}/${row.year}`, row.vintage]))
  for (const event of await mergersAndSplits(tx)) {
    const parts = new Map<number, number[]>()
    for (const { year, births } of stated.get(event.fromId)?.values() ?? []) {
      parts.set(year, apportion(births, event.shares))
    }
    stated.delete(event.fromId)
    for (const [index, heir] of event.heirs.entries()) {
      for (const [year, ofHeirs] of parts) {
        if ((vintages.get(`${heir}/${year}`) ?? '') >= event.day && heir !== event.fromId) continue
        const own = stated.get(heir)?.get(year)?.births
        // A merger with one half unknown is unknown; a unit new by a split has nothing of its own yet.
        if (own === undefined && event.shares.length === 1) continue
        state(heir, year, (own ?? 0) + ofHeirs[index]!)
      }
    }
  }
  return stated
}

interface Reorganisation {
  readonly fromId: number
  readonly day: string
  readonly heirs: number[]
  readonly shares: number[]
}

/** In the order of the days, so that what came to a unit goes on with it. */
async function mergersAndSplits(tx: Tx): Promise<Reorganisation[]> {
  const events = new Map<string, Reorganisation>()
  for (const { fromId, toId, share, effectiveOn: day } of await listSuccessions(tx, 'unit')) {
    const key = `${fromId}/${day}`
    const event = events.get(key) ?? { fromId, day, heirs: [], shares: [] }
    event.heirs.push(toId)
    event.shares.push(share)
    events.set(key, event)
  }
  return [...events.values()].sort((one, other) => (one.day < other.day ? -1 : 1))
}
