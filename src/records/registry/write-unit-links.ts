import type { Tx } from '../../platform/db/transaction-client.ts'
import type { UnitLink } from './unit-link.ts'
import { validity, type WriteOptions, writeEntries } from './write-entries.ts'

const fields = ['countyId', 'tree', 'childId', 'parentId'] as const satisfies readonly (keyof UnitLink)[]

/** 登记隶属 — appends links between units. */
export async function writeUnitLinks(
  tx: Tx,
  actId: number,
  rows: Iterable<UnitLink>,
  options?: WriteOptions,
): Promise<void> {
  await writeEntries(tx, actId, 'registry.unit_link', fields, validity, rows, options)
}
