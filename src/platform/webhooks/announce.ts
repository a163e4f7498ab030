import { clientOf, type Tx } from '../db/transaction-client.ts'
import { enqueue } from '../jobs/enqueue.ts'

/** 事件种类 — what receivers can be told of. */
export const eventKinds = {
  'series.published': '测算结果已发布',
  'import.confirmed': '导入已确认入账',
  'institution.recorded': '机构变更已登记',
  'filing.moved': '填报已办理一步',
} as const
export type EventKind = keyof typeof eventKinds

export const deliveryKind = 'webhooks.deliver'

/**
 * 告知 — tells receivers of an act, in the act's own transaction: they are told of what stands, and only of that.
 *
 * `about` holds numbers and codes by which a receiver can ask for the rest with its own token; never personal data.
 */
export async function announce(
  tx: Tx,
  kind: EventKind,
  about: Readonly<Record<string, string | number>>,
): Promise<void> {
  const { rowCount } = await clientOf(tx).query(
    `with heard as (
       select endpoint_id from webhooks.endpoint where state = 'active' and $1 = any (kinds)
     ), told as (
       insert into webhooks.event (kind, about) select $1, $2::jsonb where exists (select 1 from heard)
       returning event_id
     )
     insert into webhooks.delivery (endpoint_id, event_id) select endpoint_id, event_id from heard, told`,
    [kind, JSON.stringify(about)],
  )
  if (rowCount === 0) return
  await enqueue(tx, { kind: deliveryKind }, { title: `推送：${eventKinds[kind]}`, owner: '', input: {} })
}
