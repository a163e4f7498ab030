import type { Tx } from '../../platform/db/transaction-client.ts'
import { listBoundaries } from '../../records/registry/reads/list-boundaries.ts'
import type { MapAnswer } from './contract.ts'
import { outlooksOf, type SeatsRead } from './read-seats.ts'

/** 余缺地图 — outlines of a unit's parts with the gap of one year; the board says the same in a table. */
export async function mapAnswer(tx: Tx, read: SeatsRead, asked: number | undefined): Promise<MapAnswer> {
  const { parent, children } = read
  const outlines = await listBoundaries(tx, parent.kind === 'city' ? 'county' : 'township')
  const byUnit = new Map(outlines.map((outline) => [outline.unitId, outline]))
  const seen = await outlooksOf(tx, read, children, read.asked.stage)
  const year = asked ?? seen[0]?.years[0]?.year ?? read.outset.now
  return {
    type: 'FeatureCollection',
    year,
    indicative: children.some(({ unitId }) => byUnit.get(unitId)?.indicative),
    features: seen.flatMap(({ unit, years }) => {
      const outline = byUnit.get(unit.unitId)
      const judged = years.find((each) => each.year === year)
      if (!outline) return []
      return [
        {
          type: 'Feature' as const,
          properties: {
            key: String(unit.unitId),
            name: unit.name,
            sign: judged?.gap.sign ?? 'absent',
            gap: judged?.gap.gap ?? null,
          },
          geometry: outline.geometry,
        },
      ]
    }),
  }
}
