import type pg from 'pg'
import { Webhook } from 'standardwebhooks'
import { granted } from '../../kernel/result.ts'
import type { Database } from '../db/open-database.ts'
import type { JobKind } from '../jobs/job-kind.ts'
import { aboutSecret } from '../vault/secret-column.ts'
import type { Vault } from '../vault/vault.ts'
import { deliveryKind } from './announce.ts'
import { ForbiddenAddress, guardedPost, type PostSettings } from './guarded-post.ts'
import { sealedEndpoints } from './sealed-endpoints.ts'

interface Due {
  readonly endpointId: string
  readonly eventId: string
  readonly url: string
  /** In clear until the next start seals it. */
  readonly secret: string | null
  readonly secretSealed: Buffer | null
  readonly kind: string
  readonly about: unknown
  readonly at: string
}

interface Lent {
  readonly db: Pick<Database, 'pool'>
  readonly vault: Vault
}

/** How long an attempt may take before another process may try the same. */
const attemptSeconds = 60

/** 推送任务 — begun with each act that is told of; what does not arrive is tried again by `deliverDue` every minute. */
export function deliveryJob(settings: PostSettings): JobKind<unknown, Lent> {
  return {
    kind: deliveryKind,
    run: async ({ context }) => granted({ delivered: await deliverDue(context, settings) }),
  }
}

/**
 * 送出到期推送 — sends what is due, each at least once; returns how many arrived.
 *
 * Tried again after 1, 2, 4… minutes, at most every four hours, for 24 hours; then it is given up and can be sent
 * anew by hand. An address that turns out to lie inside is given up at once.
 */
export async function deliverDue(
  { db: { pool }, vault }: Lent,
  settings: PostSettings = {},
): Promise<number> {
  let arrived = 0
  for (let due = await claimDue(pool); due; due = await claimDue(pool)) {
    const { status, problem, final } = await attempt(due, vault, settings)
    if (problem === undefined) arrived += 1
    await pool.query(
      `update webhooks.delivery set status = $3, problem = $4,
         state = case when $4::text is null then 'done' when $5 or now() >= until then 'failed' else 'waiting' end,
         finished_at = case when $4::text is null or $5 or now() >= until then now() end,
         next_at = now() + least(interval '1 minute' * power(2, attempts - 1), interval '4 hours')
        where endpoint_id = $1 and event_id = $2 and state = 'waiting'`,
      [due.endpointId, due.eventId, status, problem ?? null, final],
    )
  }
  return arrived
}

async function claimDue(pool: pg.Pool): Promise<Due | undefined> {
  const { rows } = await pool.query<Due>(
    `with next as (
       select d.endpoint_id, d.event_id from webhooks.delivery d join webhooks.endpoint e using (endpoint_id)
        where d.state = 'waiting' and d.next_at <= now() and e.state = 'active'
        order by d.next_at limit 1 for update of d skip locked
     )
     update webhooks.delivery d set attempts = attempts + 1, next_at = now() + make_interval(secs => $1)
       from next, webhooks.endpoint e, webhooks.event v
      where d.endpoint_id = next.endpoint_id and d.event_id = next.event_id
        and e.endpoint_id = d.endpoint_id and v.event_id = d.event_id
     returning d.endpoint_id as "endpointId", d.event_id as "eventId", e.url, e.secret,
       e.secret_sealed as "secretSealed", v.kind, v.about, v.at`,
    [attemptSeconds],
  )
  return rows[0]
}

async function attempt(
  due: Due,
  vault: Vault,
  settings: PostSettings,
): Promise<{ status: number | null; problem?: string; final: boolean }> {
  const now = new Date()
  const body = JSON.stringify({ type: due.kind, timestamp: new Date(due.at).toISOString(), data: due.about })
  const secret = await secretOf(due, vault).catch(() => undefined)
  if (secret === undefined)
    return {
      status: null,
      problem: '签名密钥打不开，没有送出。请运行 kuoyou doctor，或重新登记接收方。',
      final: false,
    }
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'kuoyou-webhooks',
    'webhook-id': due.eventId,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(due.eventId, now, body),
  }
  try {
    const status = await guardedPost(due.url, headers, body, settings)
    if (status >= 200 && status < 300) return { status, final: false }
    return { status, problem: `对方答 ${status}，不是 2xx。请对方检查接收程序。`, final: false }
  } catch (error) {
    if (error instanceof ForbiddenAddress) return { status: null, problem: error.message, final: true }
    return { status: null, problem: '连不上对方，或对方没有及时答复。请检查网址与网络。', final: false }
  }
}

async function secretOf({ endpointId, secret, secretSealed }: Due, vault: Vault): Promise<string> {
  return secret ?? vault.open(secretSealed as Buffer, aboutSecret(sealedEndpoints, endpointId))
}

/** 清理旧推送 — events older than 30 days, with how they were sent; returns how many. */
export async function clearOldEvents(pool: pg.Pool): Promise<number> {
  const { rowCount } = await pool.query("delete from webhooks.event where at < now() - interval '30 days'")
  return rowCount ?? 0
}
