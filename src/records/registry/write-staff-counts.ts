import type { Tx } from '../../platform/db/transaction-client.ts'
import { type StaffCount, staffCountFields } from './staff-count.ts'
import { type WriteOptions, writeEntries } from './write-entries.ts'

/** 登记教师数 — appends full-time teachers. */
export async function writeStaffCounts(
  tx: Tx,
  actId: number,
  rows: Iterable<StaffCount>,
  options?: WriteOptions,
): Promise<void> {
  await writeEntries(tx, actId, 'registry.staff_count', staffCountFields, {}, rows, options)
}
