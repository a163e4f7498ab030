import { sql } from 'kysely'
import { copyRows } from '../../platform/db/copy-rows.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'

export const accessActs = {
  view: '查看档案（已遮蔽）',
  unmask: '查看原文',
  export: '导出名单',
  'view-sealed': '查看敏感情况',
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

/** 谁看过 — the looks at a person, the latest first. */
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
    select at, account, account_name as "accountName", act, field, purpose from people.access_record
     where county_id = ${countyId} and person_id = ${personId} order by at desc, access_id desc limit 500`.execute(
    tx,
  )
  return rows
}
