import { sql } from 'kysely'
import { Fault } from '../../kernel/fault.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'

/** The first key of the advisory locks of the books; the second is the county. */
const bookLock = 7340002

interface Writing {
  readonly moment: string
  readonly counties: ReadonlySet<number>
}

const writings = new WeakMap<Tx, Writing>()

/**
 * 开始登记 — locks the books of these counties for this transaction and returns the moment its entries are known from.
 *
 * Why the lock: a published figure must recompute from the books "as known at" its moment. Were
 * `known_from` merely the start of the writing transaction, a slow writer could commit an entry that
 * claims to have been known before a publication which never saw it. So a writer holds its county's
 * lock to the end and takes the clock only after getting it; a publication (`holdBooksStill`) holds
 * the same locks shared and takes its own moment after. Every entry committed before has an earlier
 * moment and was seen; every entry after has a later one and is left out of the recomputation.
 *
 * From here on the transaction reads the books at that moment, so it sees its own entries. Figures kept before it are
 * the books' no more: the moment is noted in `registry.entered`. A county out of reach gets no note, as nothing can be
 * entered there: the act has yet to say so in words.
 * `knownFrom` puts the entries into the past: only for building a demonstration city, before anything
 * is published from it. Counties are locked in rising order, so two moves cannot wait for each other.
 */
export async function beginWriting(
  tx: Tx,
  counties: number | readonly number[],
  knownFrom?: string,
): Promise<string> {
  const moment = await beginNoting(tx, counties, knownFrom)
  const entered = knownFrom === undefined ? sql`${moment}::timestamptz` : sql`clock_timestamp()`
  await sql`
    insert into registry.entered (county_id, moment)
    select county, ${entered} from unnest(${asList(counties)}::integer[]) as county
     where county = any (access.counties()) on conflict do nothing`.execute(tx)
  return moment
}

/**
 * 开始记事 — the same for what no indicator and no duty counts, such as the steps of a finding: figures that were kept
 * stay the books'. A test holds the plan's statements to the books that are written with `beginWriting`.
 */
export async function beginNoting(
  tx: Tx,
  counties: number | readonly number[],
  knownFrom?: string,
): Promise<string> {
  const wanted = asList(counties)
  await lockBooks(tx, wanted, 'exclusive')
  const moment = knownFrom ?? (await clock(tx))
  await readBooksAt(tx, moment)
  writings.set(tx, { moment, counties: new Set([...(writings.get(tx)?.counties ?? []), ...wanted]) })
  return moment
}

function asList(counties: number | readonly number[]): readonly number[] {
  return typeof counties === 'number' ? [counties] : counties
}

/**
 * 停笔取数 — waits for writers of these counties to finish, keeps others out until this transaction ends, and
 * returns the moment (`knownAt`) at which a recomputation will see exactly what this transaction sees.
 */
export async function holdBooksStill(tx: Tx, counties: readonly number[]): Promise<string> {
  await lockBooks(tx, counties, 'shared')
  const moment = await clock(tx)
  await readBooksAt(tx, moment)
  return moment
}

/** 是否无人登记 — is nobody writing in the books of these counties just now? Whoever has time waits with `holdBooksStill` until so. */
export async function booksAreStill(tx: Tx, counties: readonly number[]): Promise<boolean> {
  const { rows } = await sql<{ still: boolean }>`
    select pg_try_advisory_xact_lock_shared(${bookLock}, county) as still
      from unnest(${counties}::integer[]) as county`.execute(tx)
  return rows.every(({ still }) => still)
}

/** 登记时刻 — the moment of the running writing; a fault when `beginWriting` was not called for the county. */
export function writingMoment(tx: Tx, countyId: number): string {
  const writing = writings.get(tx)
  if (!writing?.counties.has(countyId)) {
    throw new Fault(`county ${countyId} is written without beginWriting(tx, ${countyId}): call it first`)
  }
  return writing.moment
}

async function lockBooks(tx: Tx, counties: readonly number[], mode: 'exclusive' | 'shared'): Promise<void> {
  const lock = sql.raw(mode === 'shared' ? 'pg_advisory_xact_lock_shared' : 'pg_advisory_xact_lock')
  for (const county of [...counties].sort((one, other) => one - other)) {
    await sql`select ${lock}(${bookLock}, ${county}::integer)`.execute(tx)
  }
}

async function clock(tx: Tx): Promise<string> {
  const { rows } = await sql<{ moment: string }>`select clock_timestamp() as moment`.execute(tx)
  return rows[0]!.moment
}

/** SET LOCAL takes no parameters: a literal, escaped by Kysely. */
async function readBooksAt(tx: Tx, moment: string): Promise<void> {
  await sql`set local app.known_at = ${sql.lit(moment)}`.execute(tx)
}
