import { type RawBuilder, sql } from 'kysely'
import type { Plan } from '../../plan/index.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { periodsBegun } from '../returns/return-period.ts'

/** 责任分工 — who leads an item in a county, with whom, by which measure, which person, until when; a part that is not filed is null. */
export interface ItemOwner {
  readonly lead: string | null
  readonly partners: string | null
  readonly measure: string | null
  readonly person: string | null
  readonly dueOn: string | null
}

interface OfItem {
  readonly countyId: number
  readonly itemId: string
}

/**
 * 列责任分工 — of every item of every county in sight who does what by when, as the latest `item-owner` begun by the day
 * says; `of` asks for one item of one county. A county's own filing: whoever acts for some of its schools sees none.
 */
export async function listItemOwners(
  tx: Tx,
  plan: Plan,
  asOf: string,
  of?: OfItem,
): Promise<(OfItem & ItemOwner)[]> {
  const form = plan.forms.get('item-owner')
  const periods = form ? periodsBegun(form, asOf).map(({ id }) => id) : []
  // a form's code of an item is its id in small letters
  const narrowed: RawBuilder<unknown> = of
    ? sql`and county_id = ${of.countyId} and answers->>'item' = ${of.itemId.toLowerCase()}`
    : sql``
  const { rows } = await sql<OfItem & ItemOwner>`
    select distinct on (county_id, answers->>'item')
           county_id as "countyId", upper(answers->>'item') as "itemId", answers->>'lead' as lead,
           answers->>'partners' as partners, answers->>'measure' as measure, answers->>'person' as person,
           answers->>'due' as "dueOn"
      from book.filed where form_id = 'item-owner' and line > 0 and period = any (${periods}::text[]) ${narrowed}
     order by county_id, answers->>'item', period desc, line`.execute(tx)
  return rows
}
