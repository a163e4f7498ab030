import type pg from 'pg'
import { signatureHolds } from './anchor-book.ts'

/** 清除记录 — what the last purge says it took away, signed. */
export interface PurgeFacts {
  readonly throughBatch: number
  readonly throughSeq: number
  readonly entries: number
  /** Of the last batch taken away. */
  readonly sealHash: string
  /** Everything taken away was sealed before this day. */
  readonly before: string
  readonly mac: string
}

/** 最近一次清除 — with the entry that records it and whether its signature holds. */
export interface Purge extends PurgeFacts {
  readonly seq: number
  readonly holds: boolean
}

/** 最近一次清除 — undefined when nothing was ever purged. */
export async function lastPurge(client: pg.ClientBase, key: Buffer | undefined): Promise<Purge | undefined> {
  const { rows } = await client.query<{ seq: number; facts: PurgeFacts }>(
    `select seq, facts from audit.entry where object_kind = 'audit' and object_id = 'purge' and act = 'audit.purge'
      order by seq desc limit 1`,
  )
  if (!rows[0]) return undefined
  const { seq, facts } = rows[0]
  return { ...facts, seq, holds: key !== undefined && signatureHolds(key, facts) }
}
