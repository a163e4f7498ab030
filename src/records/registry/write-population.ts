import type { Result } from '../../kernel/result.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { correctEntries, type FigureBook, type Filed, fileEntries } from './file-entries.ts'
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

const book: FigureBook<Population> = {
  name: 'population',
  what: '人口',
  key: ['unitId', 'onDay', 'basis', 'ageFrom', 'vintage'],
  fields: populationFields,
}

/** 填报人口 — enters what is new and corrects what differs from the book; what is the same stays untouched. */
export function filePopulation(tx: Tx, actId: number, rows: readonly Population[]): Promise<Filed> {
  return fileEntries(tx, actId, book, rows)
}

/** 更正人口 — the same, but refuses a figure that is not in the book yet. */
export function correctPopulation(
  tx: Tx,
  actId: number,
  rows: readonly Population[],
): Promise<Result<Filed>> {
  return correctEntries(tx, actId, book, rows)
}
