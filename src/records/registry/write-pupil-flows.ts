import type { Tx } from '../../platform/db/transaction-client.ts'
import type { PupilFlow } from './pupil-flow.ts'
import { type WriteOptions, writeEntries } from './write-entries.ts'

const fields = [
  'countyId',
  'institutionId',
  'schoolYear',
  'stage',
  'entrants',
  'graduates',
  'movedIn',
  'movedOut',
] as const satisfies readonly (keyof PupilFlow)[]

/** 登记学生变动 — appends entrants, graduates and movements. */
export async function writePupilFlows(
  tx: Tx,
  actId: number,
  rows: Iterable<PupilFlow>,
  options?: WriteOptions,
): Promise<void> {
  await writeEntries(tx, actId, 'registry.pupil_flow', fields, {}, rows, options)
}
