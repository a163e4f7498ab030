import type { Tx } from '../../platform/db/transaction-client.ts'
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
