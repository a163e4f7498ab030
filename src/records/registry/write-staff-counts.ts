import type { Tx } from '../../platform/db/transaction-client.ts'
import type { StaffCount } from './staff-count.ts'
import { type WriteOptions, writeEntries } from './write-entries.ts'

const fields = [
  'countyId',
  'institutionId',
  'schoolYear',
  'stage',
  'subject',
  'teachers',
] as const satisfies readonly (keyof StaffCount)[]

/** 登记教师数 — appends full-time teachers. */
export async function writeStaffCounts(
  tx: Tx,
  actId: number,
  rows: Iterable<StaffCount>,
  options?: WriteOptions,
): Promise<void> {
  await writeEntries(tx, actId, 'registry.staff_count', fields, {}, rows, options)
}
