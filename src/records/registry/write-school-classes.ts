import type { Tx } from '../../platform/db/transaction-client.ts'
import { type SchoolClass, schoolClassFields } from './school-class.ts'
import { type WriteOptions, writeEntries } from './write-entries.ts'

/** 登记班级 — appends single classes. */
export async function writeSchoolClasses(
  tx: Tx,
  actId: number,
  rows: Iterable<SchoolClass>,
  options?: WriteOptions,
): Promise<void> {
  await writeEntries(tx, actId, 'registry.school_class', schoolClassFields, {}, rows, options)
}
