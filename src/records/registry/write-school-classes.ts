import type { Result } from '../../kernel/result.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { correctEntries, type FigureBook, type Filed, fileEntries } from './file-entries.ts'
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

const book: FigureBook<SchoolClass> = {
  name: 'school_class',
  what: '班级',
  key: ['institutionId', 'schoolYear', 'grade', 'classNo'],
  fields: schoolClassFields,
}

/** 填报班级 — enters what is new and corrects what differs from the book; what is the same stays untouched. */
export function fileSchoolClasses(tx: Tx, actId: number, rows: readonly SchoolClass[]): Promise<Filed> {
  return fileEntries(tx, actId, book, rows)
}

/** 更正班级 — the same, but refuses a figure that is not in the book yet. */
export function correctSchoolClasses(
  tx: Tx,
  actId: number,
  rows: readonly SchoolClass[],
): Promise<Result<Filed>> {
  return correctEntries(tx, actId, book, rows)
}
