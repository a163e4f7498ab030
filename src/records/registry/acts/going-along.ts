import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/transaction-client.ts'

/**
 * 随同移交 — those that move, and everyone whose whole past already counts as theirs (merged into them earlier).
 *
 * `closed` names the movers that stand no longer; one of them whose heirs stay behind stays too, because its
 * past counts where they are.
 */
export async function goingAlong(
  tx: Tx,
  countyId: number,
  subject: 'institution' | 'unit',
  movers: readonly number[],
  closed: ReadonlySet<number> = new Set(),
): Promise<number[]> {
  const heirs = await heirsBySource(tx, countyId, subject)
  const going = new Set(movers)
  let changed = true
  while (changed) {
    changed = false
    for (const [source, heirIds] of heirs) {
      const goes = heirIds.every((heir) => going.has(heir))
      if (goes && !going.has(source)) changed = Boolean(going.add(source))
      if (!goes && closed.has(source) && going.has(source)) changed = going.delete(source)
    }
  }
  return [...going].sort((one, other) => one - other)
}

async function heirsBySource(tx: Tx, countyId: number, subject: string): Promise<Map<number, number[]>> {
  const { rows } = await sql<{ source: number; heirs: number[] }>`
    select from_id as source, array_agg(to_id::float8) as heirs from registry.succession
     where county_id = ${countyId} and subject = ${subject} and known_to = 'infinity'
       and (held is null or upper_inf(held)) group by from_id`.execute(tx)
  return new Map(rows.map((row) => [row.source, row.heirs]))
}
