import type pg from 'pg'
import { together } from '../db/together.ts'
import { digestColumns, type RawEntry, rawText } from './entry-digest.ts'
import {
  batchBounds,
  batchContent,
  entriesOfBatch,
  noSeal,
  noXacts,
  type Seal,
  sealColumns,
  sealHash,
  xactsOf,
} from './seal.ts'

const sealerLock = 7_340_020
/** So many entries fit a batch, unless one transaction alone wrote more. */
const batchLimit = 5_000

/**
 * 封存 — seals one batch of what has been appended, and tells how many entries it holds; 0 when nothing waits
 * or another sealer is at it.
 *
 * Transactions still open are left out by name, so that nobody waits for them and a late commit is never skipped: the
 * first batch after its end holds it. A crash leaves either the whole seal or none.
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
  // A later statement sees at least what the snapshot saw: all transactions in the batch had ended by then.
  const { late, ...bounds } = range
  const { rows } = await client.query<RawEntry & unknown[]>({
    text: `select ${digestColumns} from audit.entry where ${entriesOfBatch}`,
    values: batchBounds(bounds, late),
    rowMode: 'array',
    types: rawText,
  })
  const seal = {
    ...bounds,
    ...batchContent(rows),
    batch: (last?.batch ?? 0) + 1,
    previousHash: last?.hash ?? noSeal,
  }
  await insertSeal(client, { ...seal, hash: sealHash(seal) })
  return seal.count
}

type Range = Pick<Seal, 'cluster' | 'fromXact' | 'toXact' | 'openXacts' | 'nextXact' | 'sealedAt'> & {
  /** Left out by the cluster's last seal. */
  readonly late: string
}

/** What stands still of a cluster: everything below `horizon` but the open transactions; everything, where it is a former one. */
interface Ended {
  readonly cluster: string
  readonly fromXact: string
  readonly late: string
  readonly open: string
  readonly horizon?: string
}

/**
 * The transactions of the next batch; undefined when they wrote nothing.
 *
 * After a restore into another cluster, what the former one left unsealed comes first.
 */
async function nextRange(client: pg.PoolClient, last: Seal | undefined): Promise<Range | undefined> {
  const { rows: now } = await client.query(
    `select (pg_control_system()).system_identifier::text as cluster,
       pg_snapshot_xmax(pg_current_snapshot())::text as next,
       array(select pg_snapshot_xip(pg_current_snapshot()) order by 1)::text as open,
       (extract(epoch from clock_timestamp()) * 1000000)::bigint::text as at`,
  )
  const { cluster, next, open, at } = now[0] as Record<'cluster' | 'next' | 'open' | 'at', string>
  const here = { cluster, ...(await sealedUpTo(client, cluster)), open, horizon: next }
  const former = last !== undefined && last.cluster !== cluster
  const ended: Ended[] = former
    ? [{ cluster: last.cluster, fromXact: last.toXact, late: last.openXacts, open: noXacts }, here]
    : [here]
  for (const each of ended) {
    const toXact = await endOf(client, each)
    if (toXact === undefined) continue
    const openXacts = below(each.open, toXact)
    const { fromXact, late } = each
    return { cluster: each.cluster, fromXact, late, toXact, openXacts, nextXact: next, sealedAt: at }
  }
  return undefined
}

async function sealedUpTo(
  client: pg.PoolClient,
  cluster: string,
): Promise<{ fromXact: string; late: string }> {
  const { rows } = await client.query(
    `select to_xact::text as "fromXact", open_xacts::text as late from audit.seal
      where cluster = $1 order by to_xact desc limit 1`,
    [cluster],
  )
  return rows[0] ?? { fromXact: '0', late: noXacts }
}

function below(xacts: string, toXact: string): string {
  return `{${[...xactsOf(xacts)].filter((xact) => BigInt(xact) < BigInt(toXact)).join(',')}}`
}

/** Where the batch ends: at the horizon (one past the last entry of a former cluster), or before it would grow too long. */
async function endOf(
  client: pg.PoolClient,
  { cluster, fromXact, late, open, horizon }: Ended,
): Promise<string | undefined> {
  const { rows } = await client.query<{
    first: string | null
    last: string | null
    over: string | null
    late: boolean
  }>(
    `with waiting as (
       select xact from audit.entry
        where cluster = $1 and xact >= $2::xid8 and ($3::xid8 is null or xact < $3::xid8) and xact <> all ($4::xid8[])
        order by xact, seq limit $5 + 1)
     select min(xact)::text as first, max(xact)::text as last,
       (select xact::text from waiting order by xact offset $5) as over,
       exists (select from audit.entry
                where cluster = $1 and xact = any ($6::xid8[]) and xact <> all ($4::xid8[])) as late from waiting`,
    [cluster, fromXact, horizon ?? null, open, batchLimit, late],
  )
  const found = rows[0]!
  if (found.first === null && !found.late) return undefined
  if (found.over === null) return horizon ?? after(found.last ?? fromXact)
  return found.over === found.first ? after(found.first) : found.over
}

function after(xact: string): string {
  return String(BigInt(xact) + 1n)
}

async function insertSeal(client: pg.PoolClient, seal: Seal): Promise<void> {
  await client.query(
    `insert into audit.seal (batch, cluster, from_xact, to_xact, next_xact, open_xacts, seqs, first_seq, last_seq, entry_count, marks,
       entries_hash, previous_hash, hash, sealed_at)
     values ($1, $2::bigint, $3::xid8, $4::xid8, $5::xid8, $6::xid8[], $7::int8multirange, $8, $9, $10, decode($11, 'hex'), decode($12, 'hex'),
       decode($13, 'hex'), decode($14, 'hex'), timestamptz 'epoch' + $15::bigint * interval '1 microsecond')`,
    [
      seal.batch,
      seal.cluster,
      seal.fromXact,
      seal.toXact,
      seal.nextXact,
      seal.openXacts,
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
