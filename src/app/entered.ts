import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { appendAlone } from '../platform/audit/append-entry.ts'
import type { Books } from '../records/books.ts'

/**
 * 例行入册 — a chore that enters in the audit what it did: how many were cleared, or counts by name. A sweep that cleared
 * nothing leaves no entry; one that fails leaves one for the first time in a row, and goes on failing.
 */
export function entered(
  { db: { pool } }: Pick<Books, 'db'>,
  act: string,
  work: (pool: pg.Pool) => Promise<number | Readonly<Record<string, number>>>,
): () => Promise<void> {
  const enter = (outcome: 'done' | 'failed', facts: Readonly<Record<string, unknown>>) =>
    appendAlone(pool, { trace: randomUUID(), account: '', role: 'system', act, outcome, facts })
  let failing = false
  return async () => {
    const did = await work(pool).catch(async (error: unknown) => {
      if (!failing) await enter('failed', {}).catch(() => {})
      failing = true
      throw error
    })
    failing = false
    if (typeof did !== 'number') await enter('done', did)
    else if (did > 0 || act.startsWith('daily.')) await enter('done', { removed: did })
  }
}
