import type { Result } from '../../kernel/result.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { correctEntries, type FigureBook, type Filed, fileEntries } from './file-entries.ts'
import { type PupilFlow, pupilFlowFields } from './pupil-flow.ts'
import { type WriteOptions, writeEntries } from './write-entries.ts'

/** 登记学生变动 — appends entrants, graduates and movements. */
export async function writePupilFlows(
  tx: Tx,
  actId: number,
  rows: Iterable<PupilFlow>,
  options?: WriteOptions,
): Promise<void> {
  await writeEntries(tx, actId, 'registry.pupil_flow', pupilFlowFields, {}, rows, options)
}

const book: FigureBook<PupilFlow> = {
  name: 'pupil_flow',
  what: '学生变动',
  key: ['institutionId', 'schoolYear', 'stage'],
  fields: pupilFlowFields,
}

/** 填报学生变动 — enters what is new and corrects what differs from the book; what is the same stays untouched. */
export function filePupilFlows(tx: Tx, actId: number, rows: readonly PupilFlow[]): Promise<Filed> {
  return fileEntries(tx, actId, book, rows)
}

/** 更正学生变动 — the same, but refuses a figure that is not in the book yet. */
export function correctPupilFlows(tx: Tx, actId: number, rows: readonly PupilFlow[]): Promise<Result<Filed>> {
  return correctEntries(tx, actId, book, rows)
}
