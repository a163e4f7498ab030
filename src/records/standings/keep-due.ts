import type { Books } from '../books.ts'
import { type DueStandings, dueStandings, standingsNotKept } from './keep-standings.ts'

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
  await asKeeper(books, 'pg_try_advisory_lock', async () => {
    const ofToday = await dueStandings(books)
    const due = ofToday.counties.length > 0 || !otherwise ? ofToday : await otherwise()
    if (due.counties.length > 0) await keep(due)
  })
}

/** 即时留存 — keeps of a day, at once and after whoever is at it, what is not kept yet; of how many counties that was. */
export async function keepNow(
  books: Books,
  asOf: string,
  keep: (due: DueStandings) => Promise<unknown>,
): Promise<number> {
  let counties = 0
  await asKeeper(books, 'pg_advisory_lock', async () => {
    const due = await standingsNotKept(books, asOf)
    counties = due.counties.length
    if (counties > 0) await keep(due)
  })
  return counties
}

async function asKeeper(
  { db }: Books,
  lock: 'pg_advisory_lock' | 'pg_try_advisory_lock',
  act: () => Promise<void>,
): Promise<void> {
  const client = await db.pool.connect()
  try {
    const { rows } = await client.query(`select ${lock}($1)::text as mine`, [keeperLock])
    if (rows[0].mine === 'false') return
    try {
      await act()
    } finally {
      await client.query('select pg_advisory_unlock($1)', [keeperLock])
    }
  } finally {
    client.release()
  }
}
