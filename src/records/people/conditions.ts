import { sql } from 'kysely'
import { Fault } from '../../kernel/fault.ts'
import { clientOf, type Tx } from '../../platform/db/transaction-client.ts'
import type { Vault } from '../../platform/vault/vault.ts'
import type { Purpose } from './purposes.ts'
import { type Handler, recordAccess } from './record-access.ts'
import { aboutCondition } from './sealed-tables.ts'
import { nextIds } from './write-people.ts'

export const conditionKinds = {
  health: '健康状况',
  disability: '残疾类别与等级',
  'special-school': '特殊教育学校安置',
  'specialized-school': '专门学校安置',
} as const
export type ConditionKind = keyof typeof conditionKinds

/** 敏感情况 — read only before the eyes of accounts named for the county. */
export interface Condition {
  readonly kind: ConditionKind
  readonly detail: string
  readonly since: string
}

/** 登记敏感情况 — everything about it is sealed, its kind too, under a key of its own class. */
export async function writeCondition(
  tx: Tx,
  vault: Vault,
  countyId: number,
  personId: number,
  condition: Condition,
  recordedBy: string,
): Promise<void> {
  const salt = await saltOf(tx, countyId, personId)
  if (!salt) throw new Fault(`person ${personId} is not in sight in county ${countyId}: find it first`)
  const [conditionId] = await nextIds(tx, 'people_sealed.condition_serial', 1)
  const sealed = await vault.seal(
    JSON.stringify(condition),
    aboutCondition(countyId, conditionId as number, salt),
  )
  await clientOf(tx).query(
    `insert into people_sealed.condition (county_id, condition_id, person_id, content_sealed, recorded_by)
     values ($1, $2, $3, $4, $5)`,
    [countyId, conditionId, personId, sealed, recordedBy],
  )
}

/**
 * 查看敏感情况 — of a person; the database shows the rows to accounts named for the county only, so anyone else reads an empty list.
 *
 * Recorded whether anything was there or not.
 */
export async function readConditions(
  tx: Tx,
  vault: Vault,
  handler: Handler,
  asked: { readonly countyId: number; readonly personId: number; readonly purpose: Purpose },
): Promise<Condition[]> {
  const { countyId, personId, purpose } = asked
  const salt = await saltOf(tx, countyId, personId)
  const { rows } = await sql<{ id: number; sealed: Buffer }>`
    select condition_id as id, content_sealed as sealed from people_sealed.condition
     where county_id = ${countyId} and person_id = ${personId} order by condition_id`.execute(tx)
  if (!salt) return []
  await recordAccess(tx, handler, { countyId, personIds: [personId], act: 'view-sealed', purpose })
  return Promise.all(
    rows.map(async ({ id, sealed }) =>
      JSON.parse(await vault.open(sealed, aboutCondition(countyId, id, salt))),
    ),
  )
}

/** 是否指定查阅人 — may the acting account read sealed conditions of this county today? */
export async function isNamedUser(tx: Tx, countyId: number): Promise<boolean> {
  const { rows } = await sql`
    select 1 from people_sealed.named_user where county_id = ${countyId}
       and account = nullif(access.actor(), '')
       and until >= (now() at time zone 'Asia/Shanghai')::date`.execute(tx)
  return rows.length > 0
}

async function saltOf(tx: Tx, countyId: number, personId: number): Promise<Buffer | undefined> {
  const { rows } = await sql<{ salt: Buffer }>`
    select salt from people.person join people.subject_salt using (county_id, person_id)
     where county_id = ${countyId} and person_id = ${personId}`.execute(tx)
  return rows[0]?.salt
}
