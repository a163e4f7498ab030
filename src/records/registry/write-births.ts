import type { Result } from '../../kernel/result.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { type Birth, birthFields } from './birth.ts'
import { correctEntries, type FigureBook, type Filed, fileEntries } from './file-entries.ts'
import { type WriteOptions, writeEntries } from './write-entries.ts'

/** 登记出生 — appends births; a later publication is another vintage, not a correction. */
export async function writeBirths(
  tx: Tx,
  actId: number,
  rows: Iterable<Birth>,
  options?: WriteOptions,
): Promise<void> {
  await writeEntries(tx, actId, 'registry.birth', birthFields, {}, rows, options)
}

const book: FigureBook<Birth> = {
  name: 'birth',
  what: '出生',
  key: ['unitId', 'year', 'vintage'],
  fields: birthFields,
}

/** 填报出生 — enters what is new and corrects what differs from the book; what is the same stays untouched. */
export function fileBirths(tx: Tx, actId: number, rows: readonly Birth[]): Promise<Filed> {
  return fileEntries(tx, actId, book, rows)
}

/** 更正出生 — the same, but refuses a figure that is not in the book yet. */
export function correctBirths(tx: Tx, actId: number, rows: readonly Birth[]): Promise<Result<Filed>> {
  return correctEntries(tx, actId, book, rows)
}
