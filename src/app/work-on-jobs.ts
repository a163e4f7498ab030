import type pg from 'pg'
import { dueCaseDay } from '../features/cases/index.ts'
import { openDaily } from '../features/supervision/index.ts'
import { putToSleep } from '../platform/access/dormant.ts'
import { archiveFiles } from '../platform/backup/archive-files.ts'
import { limitedDatabase } from '../platform/db/limited-database.ts'
import { forgetOldAnswers } from '../platform/http/answer-once.ts'
import { clearOldJobs } from '../platform/jobs/lease.ts'
import { startWorker, type Worker, type WorkerOptions } from '../platform/jobs/start-worker.ts'
import { clearOldEvents, deliverDue, deliveryJob } from '../platform/webhooks/deliver-due.ts'
import { type Books, bookDay } from '../records/books.ts'
import { keepErasures } from '../records/people/erasure-book.ts'
import { keepDue } from '../records/standings/keep-due.ts'
import { type DueStandings, keepStandings } from '../records/standings/keep-standings.ts'
import { applyTerms } from './apply-terms.ts'
import { archivePlace } from './archive-place.ts'
import { filesFolder } from './backup-contents.ts'
import { askedKey } from './backup-options.ts'
import { entered } from './entered.ts'
import { house } from './house.ts'
import { onceADay } from './once-a-day.ts'

/** 任务种类 — of every room, by the names that stand in the queue. */
export const jobKinds = house.flatMap(({ jobs }) => jobs ?? [])

/** 办理任务 — works on the rooms' jobs from this process; all kinds unless some are named. */
export function workOnJobs(
  books: Books,
  options: Partial<Pick<WorkerOptions<Books>, 'slots' | 'onStep'>> & {
    readonly kinds?: readonly string[]
    readonly data?: string | undefined
    /** Keeps the figures of each day too. */
    readonly standings?: true
  } = {},
): Worker {
  const { kinds, data, standings, ...more } = options
  return startWorker({
    ...more,
    pool: books.db.pool,
    lend: (onBehalf) => (onBehalf ? { ...books, db: limitedDatabase(books.db, onBehalf) } : books),
    kinds: [...jobKinds, deliveryJob(books.webhooks)].filter(
      ({ kind }) => kinds === undefined || kinds.includes(kind),
    ),
    chores: [
      books.files.scanAgain,
      entered(books, 'sweep.jobs', clearOldJobs),
      entered(books, 'sweep.files', books.files.clear),
      books.renewPlan,
      () => deliverDue(books, books.webhooks),
      entered(books, 'sweep.events', clearOldEvents),
      ...dailyChores(books),
      ...(standings ? [keepingStandings(books)] : []),
      () => keepErasures(books.db, books.audit.places.folders, lateErasureHours),
      ...archiveChores(data),
    ],
    onFault: (what, error) =>
      process.stderr.write(`${new Date().toISOString()} job ${what} ${(error as Error).stack ?? error}\n`),
  })
}

/** 每日留存 — the figures of a day when it begins, and again those of counties that were entered into and rest; else the next day a case is judged by. */
function keepingStandings(books: Books): () => Promise<void> {
  let due: DueStandings | undefined
  const tried = new Set<string>()
  const keep = entered(books, 'daily.standings', async () => ({
    counties: due ? await keepStandings(books, due, '平台每日留存') : 0,
  }))
  return () =>
    keepDue(
      books,
      (found) => {
        due = found
        return keep()
      },
      () => dueCaseDay(books, tried),
    )
}

/** Who was erased stands on the list within a minute; a place out of reach is made whole for this long, and later by a start. */
const lateErasureHours = 7 * 24

/** 归档例行 — a file stored a minute ago lies in the archive, as the log does that speaks of it. */
function archiveChores(data: string | undefined): (() => Promise<unknown>)[] {
  const archive = process.env.DATABASE_URL ? undefined : archivePlace(data)
  if (!archive) return []
  const key = askedKey()
  return [() => archiveFiles(filesFolder(data), archive, key)]
}

/**
 * 每日例行 — forgets answers no longer asked for again and personal data whose time is over, and opens what the plan's rules
 * find. A generated city stands still: there rules are judged when somebody asks.
 */
function dailyChores(books: Books): (() => Promise<void>)[] {
  const today = () => bookDay(books.site)
  return [
    onceADay(today, entered(books, 'daily.answers', forgetOldAnswers)),
    // A generated city's day stands still: its accounts are its demonstration's, which never sleep.
    onceADay(today, entered(books, 'daily.dormant', putToSleep)),
    onceADay(
      today,
      entered(books, 'daily.retention', async (pool) => applyTerms(books, await everyCounty(pool), today())),
    ),
    ...(books.site.generatedUntil === undefined
      ? [
          onceADay(
            today,
            entered(books, 'daily.findings', async (pool) =>
              openDaily(books, await everyCounty(pool), today()),
            ),
          ),
        ]
      : []),
  ]
}

async function everyCounty(pool: pg.Pool): Promise<number[]> {
  const { rows } = await pool.query<{ id: number }>('select county_id as id from registry.county')
  return rows.map(({ id }) => id)
}
