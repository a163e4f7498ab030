import type pg from 'pg'
import { together } from '../db/together.ts'
import { digestColumns, type RawEntry, rawText } from './entry-digest.ts'
import { batchContent, noSeal, type Seal, sealColumns, sealHash } from './seal.ts'

const sealerLock = 7_340_020
/** So many entries fit a batch, unless one transaction alone wrote more. */
const batchLimit = 5_000

/**
 * 封存 — seals one batch of what has been appended, and tells how many entries it holds; 0 when nothing waits
 * or another sealer is at it.
 *
 * Only transactions older than every one still open are taken, so that a late commit is never skipped: it
 * waits, with all younger ones, for the batch after it has ended. A crash leaves either the whole seal or none.
 */
export function sealEntries(pool: pg.Pool): Promise<number> {
  return together(pool, sealOnce)
}

/** 全部封存 — seals until nothing more can be sealed; returns how many entries. */
export async function sealAll(pool: pg.Pool): Promise<number> {
  let total = 0
  for (let count = await sealEntries(pool); count > 0; count = await sealEntries(pool)) total += count
  return total
}

async function sealOnce(client: pg.PoolClient): Promise<number> {
  const { rows: locked } = await client.query('select pg_try_advisory_xact_lock($1) as mine', [sealerLock])
  if (!locked[0].mine) return 0
  const last = (await client.query<Seal>(`select ${sealColumns} from audit.seal order by batch desc limit 1`))
    .rows[0]
  const range = await nextRange(client, last)
  if (!range) return 0
  // A later statement sees at least what the horizon's snapshot saw: all transactions below it have ended.
  const { rows } = await client.query<RawEntry & unknown[]>({
    text: `select ${digestColumns} from audit.entry where cluster = $1 and xact >= $2::xid8 and xact < $3::xid8`,
    values: [range.cluster, range.fromXact, range.toXact],
    rowMode: 'array',
    types: rawText,
  })
  const seal = {
    ...range,
    ...batchContent(rows),
    batch: (last?.batch ?? 0) + 1,
    previousHash: last?.hash ?? noSeal,
  }
  await insertSeal(client, { ...seal, hash: sealHash(seal) })
  return seal.count
}

type Range = Pick<Seal, 'cluster' | 'fromXact' | 'toXact' | 'nextXact' | 'sealedAt'>

/**
 * The transactions of the next batch; undefined when they wrote nothing.
 *
 * After a restore into another cluster, what the former one left unsealed comes first.
 */
async function nextRange(client: pg.PoolClient, last: Seal | undefined): Promise<Range | undefined> {
  const { rows: now } = await client.query(
    `select (pg_control_system()).system_identifier::text as cluster, pg_snapshot_xmin(pg_current_snapshot())::text as horizon,
       pg_snapshot_xmax(pg_current_snapshot())::text as next,
       (extract(epoch from clock_timestamp()) * 1000000)::bigint::text as at`,
  )
  const { cluster, horizon, next, at } = now[0] as Record<'cluster' | 'horizon' | 'next' | 'at', string>
  const here = { cluster, fromXact: await sealedUpTo(client, cluster), horizon }
  const ranges =
    last === undefined || last.cluster === cluster
      ? [here]
      : [{ cluster: last.cluster, fromXact: last.toXact, horizon: undefined }, here]
  for (const range of ranges) {
    const toXact = await endOf(client, range)
    if (toXact)
      return { cluster: range.cluster, fromXact: range.fromXact, toXact, nextXact: next, sealedAt: at }
  }
  return undefined
}

async function sealedUpTo(client: pg.PoolClient, cluster: string): Promise<string> {
  const { rows } = await client.query(
    "select coalesce(max(to_xact), '0')::text as xact from audit.seal where cluster = $1",
    [cluster],
  )
  return rows[0].xact
}

/** Where the batch ends: at the horizon (one past the last entry of a former cluster), or before it would grow too long. */
async function endOf(
  client: pg.PoolClient,
  range: { cluster: string; fromXact: string; horizon: string | undefined },
): Promise<string | undefined> {
  const { rows } = await client.query<{ first: string; last: string; over: string | null }>(
    `with waiting as (
       select xact from audit.entry
        where cluster = $1 and xact >= $2::xid8 and ($3::xid8 is null or xact < $3::xid8)
        order by xact, seq limit $4 + 1)
     select min(xact)::text as first, max(xact)::text as last,
       (select xact::text from waiting order by xact offset $4) as over from waiting`,
    [range.cluster, range.fromXact, range.horizon ?? null, batchLimit],
  )
  const { first, last, over } = rows[0] as { first: string | null; last: string; over: string | null }
  if (first === null) return undefined
  if (over === null) return range.horizon ?? after(last)
  return over === first ? after(first) : over
}

function after(xact: string): string {
  return String(BigInt(xact) + 1n)
}

async function insertSeal(client: pg.PoolClient, seal: Seal): Promise<void> {
  await client.query(
    `insert into audit.seal (batch, cluster, from_xact, to_xact, next_xact, seqs, first_seq, last_seq, entry_count, marks,
       entries_hash, previous_hash, hash, sealed_at)
     values ($1, $2::bigint, $3::xid8, $4::xid8, $5::xid8, $6::int8multirange, $7, $8, $9, decode($10, 'hex'), decode($11, 'hex'),
       decode($12, 'hex'), decode($13, 'hex'), timestamptz 'epoch' + $14::bigint * interval '1 microsecond')`,
    [
      seal.batch,
      seal.cluster,
      seal.fromXact,
      seal.toXact,
      seal.nextXact,
      seal.seqs,
      seal.firstSeq,
      seal.lastSeq,
      seal.count,
      seal.marks,
      seal.entriesHash,
      seal.previousHash,
      seal.hash,
      seal.sealedAt,
    ],
  )
}
