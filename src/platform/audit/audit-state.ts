import type pg from 'pg'
import type { AnchorPlaces } from './anchor-book.ts'
import { latestAnchor } from './anchor-head.ts'
import type { AuditState } from './audit-contract.ts'
import { unsealed } from './unsealed.ts'

/** 审计现状 — how far it is sealed and anchored; nothing is verified. */
export async function auditState(
  pool: pg.Pool,
  places: AnchorPlaces,
): Promise<Omit<AuditState, 'acts' | 'counties'>> {
  const { rows } = await pool.query(`
    with last as (select batch, last_seq, sealed_at from audit.seal order by batch desc limit 1),
    waiting as (select count(*) as count from audit.entry e where ${unsealed})
    select (select coalesce(sum(entry_count), 0)::bigint from audit.seal) + waiting.count as entries,
      waiting.count as waiting, last.batch, last.last_seq as seq, last.sealed_at as "sealedAt"
      from waiting left join last on true`)
  const { entries, waiting, batch, seq, sealedAt } = rows[0]
  const anchor = latestAnchor(places)
  return {
    entries,
    waiting,
    lastSeal: batch === null ? null : { batch, seq, sealedAt },
    lastAnchor: anchor ? { day: anchor.day, at: anchor.at, seq: anchor.seq } : null,
  }
}
