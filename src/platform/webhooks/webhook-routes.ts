import { randomBytes, randomUUID } from 'node:crypto'
import Type from 'typebox'
import { granted, refused } from '../../kernel/result.ts'
import { declareAccess } from '../access/policy.ts'
import type { Database } from '../db/open-database.ts'
import { notFound, type Route, routeFor } from '../http/route.ts'
import { enqueue } from '../jobs/enqueue.ts'
import { aboutSecret } from '../vault/secret-column.ts'
import type { Vault } from '../vault/vault.ts'
import { deliveryKind } from './announce.ts'
import { type EventKind, eventKinds } from './event-kinds.ts'
import { type PostSettings, refuseAddress } from './guarded-post.ts'
import { sealedEndpoints } from './sealed-endpoints.ts'

interface Lent {
  readonly db: Database
  readonly vault: Vault
  readonly webhooks: PostSettings
}

const route = routeFor<Lent>()
const roles = ['system-administrator', 'administrator'] as const

/** 推送的准入. */
export const webhookAccess = declareAccess('webhook', {
  read: { zh: '只有系统管理员可以查看推送', roles },
  keep: { zh: '只有系统管理员可以设置推送', roles },
})

/** 推送的不予办理 — code → what it means. */
export const webhookRefusals = { 'webhooks.address': '不能向这个网址推送' } as const

const Nullable = <S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()])
const Kind = Type.Enum(Object.keys(eventKinds) as EventKind[])
const Endpoint = Type.Object({
  endpointId: Type.String(),
  name: Type.String(),
  url: Type.String(),
  kinds: Type.Array(Type.String()),
  state: Type.String(),
  createdBy: Type.String(),
  createdAt: Type.String(),
  waiting: Type.Integer(),
  failed: Type.Integer(),
})
const Delivery = Type.Object({
  eventId: Type.String(),
  kind: Type.String(),
  about: Type.Unknown(),
  at: Type.String(),
  state: Type.String(),
  attempts: Type.Integer(),
  nextAt: Type.String(),
  status: Nullable(Type.Integer()),
  problem: Nullable(Type.String()),
  finishedAt: Nullable(Type.String()),
})
const Uuid = Type.String({ format: 'uuid' })
const EndpointPath = Type.Object({ endpointId: Uuid })
const EventPath = Type.Object({ endpointId: Uuid, eventId: Uuid })
const Page = Type.Object({
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
  pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
})
const Done = Type.Object({ done: Type.Boolean() })

/** 推送接口 — receivers, what was sent to each, sending anew, stopping. */
export const webhookRoutes: readonly Route<Lent>[] = [
  route({
    method: 'GET',
    path: '/api/webhooks',
    summary: '推送的接收方',
    may: webhookAccess.read,
    answer: Type.Array(Endpoint),
    handle: async ({ context }) => {
      const { rows } = await context.db.pool.query(
        `select endpoint_id as "endpointId", name, url, kinds, state, created_by as "createdBy",
                created_at as "createdAt",
                (select count(*) from webhooks.delivery d where d.endpoint_id = e.endpoint_id and d.state = 'waiting') as waiting,
                (select count(*) from webhooks.delivery d where d.endpoint_id = e.endpoint_id and d.state = 'failed') as failed
           from webhooks.endpoint e order by created_at desc, endpoint_id`,
      )
      return rows as never
    },
  }),
  route({
    method: 'POST',
    path: '/api/webhooks',
    summary: '登记推送接收方，签名密钥只显示这一次',
    may: webhookAccess.keep,
    body: Type.Object({
      name: Type.String({ minLength: 1, maxLength: 30, pattern: '\\S', examples: ['市数据共享平台'] }),
      url: Type.String({ maxLength: 500, examples: ['https://example.gov.cn/kuoyou'] }),
      kinds: Type.Array(Kind, { minItems: 1, uniqueItems: true, maxItems: 20 }),
    }),
    answer: Type.Object({ endpointId: Type.String(), secret: Type.String() }),
    secret: true,
    handle: async ({ context, body, visitor, note }) => {
      const wrong = refuseAddress(body.url, context.webhooks)
      if (wrong)
        return refused({ code: 'webhooks.address' satisfies keyof typeof webhookRefusals, text: wrong })
      const secret = `whsec_${randomBytes(24).toString('base64')}`
      const endpointId = randomUUID()
      const sealed = await context.vault.seal(secret, aboutSecret(sealedEndpoints, endpointId))
      await context.db.own.query(
        `insert into webhooks.endpoint (endpoint_id, name, url, kinds, secret_sealed, created_by)
         values ($1, $2, $3, $4, $5, $6)`,
        [endpointId, body.name, body.url, body.kinds, sealed, visitor.account],
      )
      note({ object: { kind: 'webhook', id: endpointId } })
      return granted({ endpointId, secret })
    },
  }),
  route({
    method: 'PUT',
    path: '/api/webhooks/{endpointId}/state',
    summary: '停用或恢复推送接收方',
    may: webhookAccess.keep,
    params: EndpointPath,
    body: Type.Object({ state: Type.Enum(['active', 'disabled'] as const) }),
    answer: Done,
    handle: async ({ context, params, body, note }) => {
      note({ object: { kind: 'webhook', id: params.endpointId }, facts: { state: body.state } })
      const { rowCount } = await context.db.own.query(
        'update webhooks.endpoint set state = $2 where endpoint_id = $1',
        [params.endpointId, body.state],
      )
      return rowCount === 1 ? granted({ done: true }) : notFound
    },
  }),
  route({
    method: 'GET',
    path: '/api/webhooks/{endpointId}/deliveries',
    summary: '向一个接收方推送的情况，新的在前',
    may: webhookAccess.read,
    params: EndpointPath,
    query: Page,
    answer: Type.Object({ total: Type.Integer(), rows: Type.Array(Delivery) }),
    handle: async ({ context, params, query: { page = 1, pageSize = 50 } }) => {
      const { rows } = await context.db.own.query(
        `select event_id as "eventId", kind, about, at, state, attempts, next_at as "nextAt", status, problem,
                finished_at as "finishedAt", count(*) over () as total
           from webhooks.delivery join webhooks.event using (event_id)
          where endpoint_id = $1 order by at desc, event_id limit $2 offset $3`,
        [params.endpointId, pageSize, (page - 1) * pageSize],
      )
      return { total: rows[0]?.total ?? 0, rows: rows.map(({ total: _, ...row }) => row) as never }
    },
  }),
  route({
    method: 'POST',
    path: '/api/webhooks/{endpointId}/deliveries/{eventId}/replay',
    summary: '重新推送一次',
    may: webhookAccess.keep,
    params: EventPath,
    answer: Done,
    handle: async ({ context, params }) => {
      const { rowCount } = await context.db.own.query(
        `update webhooks.delivery set state = 'waiting', attempts = 0, next_at = now(), finished_at = null,
           until = now() + interval '24 hours' where endpoint_id = $1 and event_id = $2`,
        [params.endpointId, params.eventId],
      )
      if (rowCount !== 1) return notFound
      await enqueue(context.db.own, { kind: deliveryKind }, { title: '推送：重发', owner: '', input: {} })
      return granted({ done: true })
    },
  }),
]
