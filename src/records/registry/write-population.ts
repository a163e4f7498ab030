import type { Tx } from '../../platform/db/transaction-client.ts'
import type { Population } from './population.ts'
import { type WriteOptions, writeEntries } from './write-entries.ts'

const fields = [
  'countyId',
  'unitId',
  'onDay',
  'basis',
  'ageFrom',
  'ageTo',
  'male',
  'female',
  'people',
  'vintage',
  'source',
] as const satisfies readonly (keyof Population)[]

/** 登记人口 — appends people by unit and age. */
export async function writePopulation(
  tx: Tx,
  actId: number,
  rows: Iterable<Population>,
  options?: WriteOptions,
): Promise<void> {
  await writeEntries(tx, actId, 'registry.population', fields, {}, rows, options)
}
