import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/transaction-client.ts'
import { entryColumns } from '../entry-columns.ts'
import { type Population, populationFields } from '../population.ts'

/** 人口 — people by unit and age as the sources state them, each figure in its last vintage by the day the books are read. */
export async function readPopulation(tx: Tx, basis?: Population['basis']): Promise<Population[]> {
  const { rows } = await sql<Population>`
    select ${entryColumns(populationFields)} from book.population
     where ${basis ?? null}::text is null or basis = ${basis ?? null}
     order by unit_id, on_day, basis, age_from`.execute(tx)
  return rows
}
