import type { Tx } from '../../platform/db/transaction-client.ts'
import type { Succession } from './succession.ts'
import { type WriteOptions, writeEntries } from './write-entries.ts'

const fields = [
  'countyId',
  'subject',
  'fromId',
  'toId',
  'share',
  'effectiveOn',
] as const satisfies readonly (keyof Succession)[]

/** 登记沿革 — appends who took over whose pupils. */
export async function writeSuccessions(
  tx: Tx,
  actId: number,
  rows: Iterable<Succession>,
  options?: WriteOptions,
): Promise<void> {
  await writeEntries(tx, actId, 'registry.succession', fields, {}, rows, options)
}
