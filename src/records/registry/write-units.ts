import type { Tx } from '../../platform/db/transaction-client.ts'
import { nameInitials } from './name-initials.ts'
import type { Unit } from './unit.ts'
import { validity, type WriteOptions, writeEntries } from './write-entries.ts'

const fields = [
  'countyId',
  'unitId',
  'kind',
  'code',
  'name',
  'townshipKind',
  'urbanRural',
  'seatLng',
  'seatLat',
] as const satisfies readonly (keyof Unit)[]

const derived = { ...validity, initials: (unit: Unit) => nameInitials(unit.name) }

/** 登记单位 — appends units of any kind. */
export async function writeUnits(
  tx: Tx,
  actId: number,
  rows: Iterable<Unit>,
  options?: WriteOptions,
): Promise<void> {
  await writeEntries(tx, actId, 'registry.unit', fields, derived, rows, options)
}
