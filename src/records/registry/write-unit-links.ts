import type { Tx } from '../../platform/db/transaction-client.ts'
import { type UnitLink, unitLinkFields } from './unit-link.ts'
import { validity, type WriteOptions, writeEntries } from './write-entries.ts'

/** 登记隶属 — appends links between units. */
export async function writeUnitLinks(
  tx: Tx,
  actId: number,
  rows: Iterable<UnitLink>,
  options?: WriteOptions,
): Promise<void> {
  await writeEntries(tx, actId, 'registry.unit_link', unitLinkFields, validity, rows, options)
}
