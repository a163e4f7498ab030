import { sql } from 'kysely'
import type pg from 'pg'
import { copyRows } from '../../platform/db/copy-rows.ts'
import { clientOf, type Tx } from '../../platform/db/transaction-client.ts'
import type { Handler } from './people-scope.ts'

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

/** 见证 — is told of each look in the transaction that reads; when it throws, nothing is shown. */
export type Witness = (
  client: pg.PoolClient,
  entry: {
    readonly act: string
    readonly outcome: 'done'
    readonly subjects: readonly number[]
    readonly purpose?: string
    readonly county: number
  },
) => Promise<void>

/** 记录查看 — into the book that guardians may ask for, and before the witness; who cannot be recorded sees nothing. */
export async function recordAccess(
  tx: Tx,
  handler: Handler,
  { countyId, personIds, act, field, purpose }: Access,
  witness?: Witness,
): Promise<void> {
  await copyRows(
    tx,
    'people.access_record',
    ['county_id', 'person_id', 'account', 'account_name', 'act', 'field', 'purpose'],
    personIds.map((personId) => [countyId, personId, handler.account, handler.name, act, field, purpose]),
  )
  await witness?.(clientOf(tx), {
    act: `people.${act}`,
    outcome: 'done',
    subjects: personIds,
    county: countyId,
    ...(purpose && { purpose }),
  })
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
