import { sql } from 'kysely'
import type { Tx } from '../../platform/db/transaction-client.ts'

/** 一类问题一县一月 — how many findings of a kind were opened (again) and closed in a county in a span of days. */
export interface KindCount {
  readonly countyId: number
  readonly rule: string
  readonly opened: number
  readonly closed: number
}

/** 按种类计数 — of these kinds, by county; counties and kinds with neither are left out. As of the day the books are read. */
export async function countKinds(
  tx: Tx,
  rules: readonly string[],
  days: { readonly from: string; readonly to: string },
): Promise<KindCount[]> {
  const { rows } = await sql<KindCount>`
    select f.county_id as "countyId", f.rule,
           count(*) filter (where s.act in ('open', 'reopen'))::integer as opened,
           count(*) filter (where s.phase = 'closed' and s.was <> 'closed')::integer as closed
      from book.finding_steps as s join book.findings as f using (county_id, finding_id)
     where f.rule = any (${rules}::text[]) and s.done_on between ${days.from}::date and ${days.to}::date
       and (s.act in ('open', 'reopen') or s.phase = 'closed')
     group by f.county_id, f.rule order by f.county_id, f.rule`.execute(tx)
  return rows
}
