import type { Result } from '../../kernel/result.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { type Enrolment, enrolmentFields } from './enrolment.ts'
import { correctEntries, type FigureBook, type Filed, fileEntries } from './file-entries.ts'
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

const book: FigureBook<Enrolment> = {
  name: 'enrolment',
  what: '在校生',
  key: ['institutionId', 'schoolYear', 'grade'],
  fields: enrolmentFields,
}

/** 填报在校生 — enters what is new and corrects what differs from the book; what is the same stays untouched. */
export function fileEnrolment(tx: Tx, actId: number, rows: readonly Enrolment[]): Promise<Filed> {
  return fileEntries(tx, actId, book, rows)
}

/** 更正在校生 — the same, but refuses a figure that is not in the book yet. */
export function correctEnrolment(tx: Tx, actId: number, rows: readonly Enrolment[]): Promise<Result<Filed>> {
  return correctEntries(tx, actId, book, rows)
}
