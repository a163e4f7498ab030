import type { Tx } from '../../platform/db/transaction-client.ts'
import { type Succession, successionFields } from './succession.ts'
import { type WriteOptions, writeEntries } from './write-entries.ts'

/** 登记沿革 — appends who took over whose pupils. */
export async function writeSuccessions(
  tx: Tx,
  actId: number,
  rows: Iterable<Succession>,
  options?: WriteOptions,
): Promise<void> {
  await writeEntries(tx, actId, 'registry.succession', successionFields, {}, rows, options)
}
