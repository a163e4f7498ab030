import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { chinaDay } from '../../kernel/china-moment.ts'
import { type Anchor, type AnchorPlaces, keyName, readAnchors, readKey, writeAnchor } from './anchor-book.ts'
import { appendEntry } from './append-entry.ts'
import { sealAll } from './seal-entries.ts'

const anchorLock = 7_340_021

/**
 * 锚定 — seals what waits and writes the head of the chain, signed, to both places; then says so in the audit.
 *
 * Undefined while nothing was ever sealed.
 */
export async function anchorHead(
  pool: pg.Pool,
  places: AnchorPlaces,
  account = '',
): Promise<Anchor | undefined> {
  await sealAll(pool)
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query('select pg_advisory_xact_lock($1)', [anchorLock])
    const { rows } = await client.query(
      `select batch, seq, count, encode(hash, 'hex') as hash from (
         select batch, max(last_seq) over () as seq, sum(entry_count) over ()::bigint as count, hash from audit.seal) s
        order by batch desc limit 1`,
    )
    if (rows[0] === undefined) {
      await client.query('rollback')
      return undefined
    }
    const now = new Date()
    const anchor = writeAnchor(places, { ...rows[0], at: now.toISOString(), day: chinaDay(now) })
    const { batch, seq, mac } = anchor
    await appendEntry(client, {
      trace: randomUUID(),
      account,
      role: 'system',
      act: 'audit.anchor',
      outcome: 'done',
      facts: { batch, seq, mac, key: keyName(readKey(places) as Buffer) },
    })
    await client.query('commit')
    return anchor
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  } finally {
    client.release()
  }
}

/** 最近的锚点 — the last one readable in either place. */
export function latestAnchor(places: AnchorPlaces): Anchor | undefined {
  const anchors = readAnchors(places).flatMap(({ lines }) => lines.filter((line) => line !== undefined))
  return anchors.reduce<Anchor | undefined>(
    (last, each) => (last && last.batch >= each.batch ? last : each),
    undefined,
  )
}
