import type { Tx } from '../../platform/db/transaction-client.ts'
import { type Enrolment, enrolmentFields } from './enrolment.ts'
import { type WriteOptions, writeEntries } from './write-entries.ts'

/** 登记在校生 — appends pupils by grade; a figure already there is corrected by correctEnrolment, not written again. */
export async function writeEnrolment(
  tx: Tx,
  actId: number,
  rows: Iterable<Enrolment>,
  options?: WriteOptions,
): Promise<void> {
  await writeEntries(tx, actId, 'registry.enrolment', enrolmentFields, {}, rows, options)
}
