import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { chinaDay } from '../../kernel/china-moment.ts'
import { Fault } from '../../kernel/fault.ts'
import { type AnchorPlaces, keyFor, signed } from './anchor-book.ts'
import { appendEntry } from './append-entry.ts'
import type { PurgeFacts } from './last-purge.ts'
import { verifyAudit } from './verify-audit.ts'

/** 最短留存 — network logs are kept six months by law; nothing younger than this many days can be purged by any setting. */
export const shortestRetentionDays = 184
/** 默认留存 — three years. */
export const defaultRetentionDays = 1_096

const dayMs = 86_400_000

/**
 * 到期清除 — takes away whole sealed batches older than the retention and leaves their seals: hashes, no contents.
 *
 * A signed entry records it, without which verification would take the missing entries for deleted ones. An
 * audit that is not sound is not purged: that would hide what happened to it. Needs the owner's connection:
 * neither role of the platform may delete. Undefined when nothing is due.
 */
export async function purgeAudit(
  owner: pg.Pool,
  places: AnchorPlaces,
  choice: { readonly retentionDays: number; readonly account: string },
): Promise<PurgeFacts | undefined> {
  if (!(choice.retentionDays >= shortestRetentionDays))
    throw new Fault(
      `审计至少要留存 ${shortestRetentionDays} 天，不能按 ${choice.retentionDays} 天清除：网络日志依法留存不少于六个月。请把留存天数改大（默认 ${defaultRetentionDays} 天）。`,
    )
  const verdict = await verifyAudit(owner, places)
  if (!verdict.sound) throw new Fault(`审计核验有问题，未清除：${verdict.findings[0]?.text}请先查明再清除。`)
  const before = new Date(Date.now() - choice.retentionDays * dayMs)
  const client = await owner.connect()
  try {
    await client.query('begin')
    const facts = await takeAway(client, before, places)
    if (facts) await record(client, facts, choice.account)
    await client.query(facts ? 'commit' : 'rollback')
    return facts
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  } finally {
    client.release()
  }
}

/** Only batches in a row from the first are taken, each with all it holds: what the last one left out belongs to a later one. */
async function takeAway(
  client: pg.PoolClient,
  before: Date,
  places: AnchorPlaces,
): Promise<PurgeFacts | undefined> {
  const { rows: due } = await client.query(
    `select batch, last_seq, encode(hash, 'hex') as hash from audit.seal
      where batch < coalesce((select min(batch) from audit.seal where sealed_at >= $1), 9223372036854775807)
        and batch < (select max(batch) from audit.seal) order by batch desc limit 1`,
    [before.toISOString()],
  )
  const last = due[0]
  if (!last) return undefined
  const { rowCount } = await client.query(
    `delete from audit.entry e using audit.seal s
      where s.batch <= $1 and e.cluster = s.cluster and e.xact >= s.from_xact and e.xact < s.to_xact
        and not exists (select from audit.seal l
                         where l.batch = $1 and l.cluster = e.cluster and e.xact = any (l.open_xacts))`,
    [last.batch],
  )
  if (!rowCount) return undefined
  const facts = {
    throughBatch: last.batch as number,
    throughSeq: last.last_seq as number,
    entries: rowCount,
    sealHash: last.hash as string,
    before: chinaDay(before),
  }
  return { ...facts, mac: signed(keyFor(places), facts) }
}

async function record(client: pg.PoolClient, facts: PurgeFacts, account: string): Promise<void> {
  await appendEntry(client, {
    trace: randomUUID(),
    account,
    role: 'system',
    act: 'audit.purge',
    outcome: 'done',
    object: { kind: 'audit', id: 'purge' },
    facts: { ...facts },
  })
}
