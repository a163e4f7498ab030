import type { Result } from '../../kernel/result.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { correctEntries, type FigureBook, type Filed, fileEntries } from './file-entries.ts'
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

const book: FigureBook<StaffCount> = {
  name: 'staff_count',
  what: '教师数',
  key: ['institutionId', 'schoolYear', 'stage', 'subject'],
  fields: staffCountFields,
}

/** 填报教师数 — enters what is new and corrects what differs from the book; what is the same stays untouched. */
export function fileStaffCounts(tx: Tx, actId: number, rows: readonly StaffCount[]): Promise<Filed> {
  return fileEntries(tx, actId, book, rows)
}

/** 更正教师数 — the same, but refuses a figure that is not in the book yet. */
export function correctStaffCounts(
  tx: Tx,
  actId: number,
  rows: readonly StaffCount[],
): Promise<Result<Filed>> {
  return correctEntries(tx, actId, book, rows)
}
