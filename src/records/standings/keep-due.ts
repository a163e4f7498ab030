import type { Books } from '../books.ts'
import { type DueStandings, dueStandings } from './keep-standings.ts'

/** The advisory lock of whoever keeps figures. */
const keeperLock = 7340007

/**
 * 留存到期 — looks what is due and keeps it, one worker at a time: another that comes meanwhile leaves it to the first, and
 * what is due is looked up only once the lock is held, so that no day is kept twice. The lock goes with its connection.
 * `otherwise` says what else may be kept when nothing of the day is due.
 */
export async function keepDue(
  books: Books,
  keep: (due: DueStandings) => Promise<unknown>,
  otherwise?: () => Promise<DueStandings>,
): Promise<void> {
  const client = await books.db.pool.connect()
  try {
    const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [
      keeperLock,
    ])
    if (!rows[0]?.mine) return
    try {
      const ofToday = await dueStandings(books)
      const due = ofToday.counties.length > 0 || !otherwise ? ofToday : await otherwise()
      if (due.counties.length > 0) await keep(due)
    } finally {
      await client.query('select pg_advisory_unlock($1)', [keeperLock])
    }
  } finally {
    client.release()
  }
}
