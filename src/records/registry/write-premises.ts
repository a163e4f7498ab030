import type { Tx } from '../../platform/db/transaction-client.ts'
import { type Premises, premisesFields } from './premises.ts'
import { validity, type WriteOptions, writeEntries } from './write-entries.ts'

/** 登记校舍 — appends campuses with their rooms and approved seats. */
export async function writePremises(
  tx: Tx,
  actId: number,
  rows: Iterable<Premises>,
  options?: WriteOptions,
): Promise<void> {
  await writeEntries(tx, actId, 'registry.premises', premisesFields, validity, rows, options)
}
