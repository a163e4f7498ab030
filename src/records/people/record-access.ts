import { sql } from 'kysely'
import { copyRows } from '../../platform/db/copy-rows.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'

export const accessActs = {
  view: '查看档案（已遮蔽）',
  unmask: '查看原文',
  export: '导出名单',
  'view-sealed': '查看敏感情况',
  list: '在名单上看到（证件号已遮蔽）',
  compare: '导入名册时比对',
} as const
export type AccessAct = keyof typeof accessActs

/** 查看 — one look at one or more people of a county. */
export interface Access {
  readonly countyId: number
  readonly personIds: readonly number[]
  readonly act: AccessAct
  readonly field?: string
  readonly purpose?: string
}

/** 查看人 — as the record names them. */
export interface Handler {
  readonly account: string
  /** Shown name, e.g. "叶县教体局 基教股". */
  readonly name: string
}

/** 记录查看 — into the book that guardians may ask for, in the transaction that reads: who cannot be recorded sees nothing. */
export function recordAccess(
  tx: Tx,
  handler: Handler,
  { countyId, personIds, act, field, purpose }: Access,
): Promise<void> {
  return copyRows(
    tx,
    'people.access_record',
    ['county_id', 'person_id', 'account', 'account_name', 'act', 'field', 'purpose'],
    personIds.map((personId) => [countyId, personId, handler.account, handler.name, act, field, purpose]),
  )
}

/** 记录名单 — everyone a page of a list shows, whatever their county: their whole names stand there. */
export async function recordListed(
  tx: Tx,
  { account, name }: Handler,
  shown: readonly { readonly countyId: number; readonly personId: number }[],
): Promise<void> {
  // One plain insert: a page is short and turned often, a temporary table for each would cost more than the rows.
  await sql`
    insert into people.access_record (county_id, person_id, account, account_name, act)
    select county_id, person_id, ${account}, ${name}, 'list'
      from unnest(${shown.map(({ countyId }) => countyId)}::integer[],
                  ${shown.map(({ personId }) => personId)}::bigint[]) as shown (county_id, person_id)`.execute(
    tx,
  )
}

/** 谁看过 — the looks at a person, the latest first; lists, which are many, do not crowd out the rest. */
export async function listAccesses(
  tx: Tx,
  countyId: number,
  personId: number,
): Promise<
  {
    at: string
    account: string
    accountName: string
    act: AccessAct
    field: string | null
    purpose: string | null
  }[]
> {
  const { rows } = await sql<never>`
    with look as (
      select *, row_number() over (partition by act = 'list' order by at desc, access_id desc) as place
        from people.access_record where county_id = ${countyId} and person_id = ${personId})
    select at, account, account_name as "accountName", act, field, purpose from look
     where place <= case when act = 'list' then 100 else 500 end order by at desc, access_id desc`.execute(tx)
  return rows
}
