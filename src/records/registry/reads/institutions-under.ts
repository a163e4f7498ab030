import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/transaction-client.ts'

/**
 * 单位之下的机构 — the institutions that belong to any of these units on the day the books are read: members of a
 * school group, catchment, centre or inspection area, or standing in a county, township or village.
 */
export async function institutionsUnder(tx: Tx, units: readonly number[]): Promise<number[]> {
  const wanted = sql`${[...units]}::bigint[]`
  const { rows } = await sql<{ id: number }>`
    select i.institution_id as id from book.institution as i
     where i.county_id = any (${wanted}) or i.unit_id = any (${wanted})
        or exists (select from book.unit_link as l
                    where l.county_id = i.county_id and l.child_id = i.unit_id and l.parent_id = any (${wanted}))
        or exists (select from book.membership as m
                    where m.county_id = i.county_id and m.institution_id = i.institution_id
                      and m.unit_id = any (${wanted}))
     order by i.institution_id`.execute(tx)
  return rows.map(({ id }) => id)
}
