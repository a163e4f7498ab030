import type { Tx } from '../../platform/db/transaction-client.ts'
import { type Birth, birthFields } from './birth.ts'
import { type WriteOptions, writeEntries } from './write-entries.ts'

/** 登记出生 — appends births; a later publication is another vintage, not a correction. */
export async function writeBirths(
  tx: Tx,
  actId: number,
  rows: Iterable<Birth>,
  options?: WriteOptions,
): Promise<void> {
  await writeEntries(tx, actId, 'registry.birth', birthFields, {}, rows, options)
}
