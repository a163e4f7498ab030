import type { Tx } from '../../platform/db/transaction-client.ts'
import { nameInitials } from './name-initials.ts'
import { type Unit, unitFields } from './unit.ts'
import { validity, type WriteOptions, writeEntries } from './write-entries.ts'

const derived = { ...validity, initials: (unit: Unit) => nameInitials(unit.name) }

/** 登记单位 — appends units of any kind. */
export async function writeUnits(
  tx: Tx,
  actId: number,
  rows: Iterable<Unit>,
  options?: WriteOptions,
): Promise<void> {
  await writeEntries(tx, actId, 'registry.unit', unitFields, derived, rows, options)
}
