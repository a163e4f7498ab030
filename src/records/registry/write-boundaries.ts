import { copyRows } from '../../platform/db/copy-rows.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { Boundary } from './boundary.ts'

const columns = ['county_id', 'unit_id', 'geometry', 'datum', 'indicative', 'source']

/** 登记边界 — loads outlines for the map; they carry no history, the source says of when they are. */
export async function writeBoundaries(tx: Tx, rows: readonly Boundary[]): Promise<void> {
  await copyRows(
    tx,
    'registry.boundary',
    columns,
    rows.map((row) => [
      row.countyId,
      row.unitId,
      JSON.stringify(row.geometry),
      row.datum,
      row.indicative,
      row.source,
    ]),
  )
}
