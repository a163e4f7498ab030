import type { Tx } from '../../platform/db/transaction-client.ts'
import { type Population, populationFields } from './population.ts'
import { type WriteOptions, writeEntries } from './write-entries.ts'

/** 登记人口 — appends people by unit and age. */
export async function writePopulation(
  tx: Tx,
  actId: number,
  rows: Iterable<Population>,
  options?: WriteOptions,
): Promise<void> {
  await writeEntries(tx, actId, 'registry.population', populationFields, {}, rows, options)
}
