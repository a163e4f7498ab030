import { sql } from 'kysely'
import { chinaDay } from '../../kernel/china-moment.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'

/** 一个孩子 — by county and number in the book. */
export interface Child {
  readonly countyId: number
  readonly personId: number
}

/** How the record of looks tells a list its reader took alone from one a second person agreed to. */
export const listTaken = { alone: 'list-alone', agreed: 'list-agreed' } as const

/**
 * 今日自行看过的人数 — the children an account has opened or taken out today without a second person, together with
 * those it now asks for; each child once.
 *
 * Requests of one account wait here for each other: side by side, each would count without the others.
 */
export async function countSeenAlone(tx: Tx, account: string, asked: readonly Child[]): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`seen alone ${account}`}, 0))`.execute(tx)
  const { rows } = await sql<Child>`
    select distinct county_id as "countyId", person_id as "personId" from people.access_record
     where county_id = any (access.counties()) and account = ${account}
       and at >= ${chinaDay(new Date())}::date::timestamp at time zone 'Asia/Shanghai'
       and (act = 'unmask' or (act = 'export' and field = ${listTaken.alone}))`.execute(tx)
  return new Set([...rows, ...asked].map(({ countyId, personId }) => `${countyId} ${personId}`)).size
}
