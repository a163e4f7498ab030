import { sql } from 'kysely'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { Progress } from './item-facts.ts'

/** 某县某任务 — whose and which item a row speaks of; a form's code of an item is its id in small letters. */
interface OfItem {
  readonly countyId: number
  readonly itemId: string
}

/** 列进展 — of every item what was reported, as the latest of these periods says. */
export async function listProgress(tx: Tx, periods: readonly string[]): Promise<(OfItem & Progress)[]> {
  const { rows } = await sql<OfItem & Progress>`
    select distinct on (county_id, answers->>'item')
           county_id as "countyId", upper(answers->>'item') as "itemId", answers->>'status' as status, period,
           answers->>'evidence' as evidence, answers->>'doc' as document, answers->>'day' as on
      from book.filed where form_id = 'item-progress' and line > 0 and period = any (${periods}::text[])
     order by county_id, answers->>'item', period desc, line`.execute(tx)
  return rows
}

/** 未销号问题 — how many findings of an item are open in a county, and how many of them are past their day. */
export interface FindingCount extends OfItem {
  readonly open: number
  readonly late: number
}

/** 清点问题 — of every item and county in sight. */
export async function countItemFindings(tx: Tx): Promise<FindingCount[]> {
  const { rows } = await sql<FindingCount>`
    select county_id as "countyId", item as "itemId", count(*)::integer as open,
           (count(*) filter (where due_on < (select book.as_of())))::integer as late
      from book.findings where phase <> 'closed' group by county_id, item`.execute(tx)
  return rows
}
