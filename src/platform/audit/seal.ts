import { hash } from 'node:crypto'
import { canonicalJson } from '../../kernel/canonical-json.ts'
import { entryDigest, type RawEntry } from './entry-digest.ts'

/** 封条 — what is kept of one sealed batch; hashes are hexadecimal, moments microseconds since 1970. */
export interface Seal {
  readonly batch: number
  readonly cluster: string
  readonly fromXact: string
  readonly toXact: string
  readonly nextXact: string
  /** Transactions of this batch or an earlier one that were still open: a later batch holds what they wrote; `{7,9}`. */
  readonly openXacts: string
  /** The batch's numbers as PostgreSQL writes a multirange: `{[1,5),[7,9)}`. */
  readonly seqs: string
  readonly firstSeq: number
  readonly lastSeq: number
  readonly count: number
  readonly marks: string
  readonly entriesHash: string
  readonly previousHash: string
  readonly sealedAt: string
  readonly hash: string
}

/** 链首 — stands before the first seal. */
export const noSeal = '0'.repeat(64)

export const sealColumns = `batch, cluster::text as cluster, from_xact::text as "fromXact", to_xact::text as "toXact",
  next_xact::text as "nextXact", open_xacts::text as "openXacts", seqs::text as seqs, first_seq as "firstSeq", last_seq as "lastSeq", entry_count as count,
  encode(marks, 'hex') as marks, encode(entries_hash, 'hex') as "entriesHash", encode(previous_hash, 'hex') as "previousHash",
  (extract(epoch from sealed_at) * 1000000)::bigint::text as "sealedAt", encode(hash, 'hex') as hash`

/**
 * 封条哈希 — over everything the seal says, the seal before it included.
 *
 * A seal that left no transaction out does not speak of any: so did all seals before there was a list.
 */
export function sealHash({ openXacts, ...seal }: Omit<Seal, 'hash'>): string {
  return hash(
    'sha256',
    canonicalJson({ ...seal, ...(openXacts !== noXacts && { openXacts }), hash: undefined }),
  )
}

/** 无 — no transaction was open. */
export const noXacts = '{}'

/** 事务号表 — the transaction numbers of an array as PostgreSQL writes it. */
export function xactsOf(array: string): Set<string> {
  return new Set(array.slice(1, -1).split(',').filter(Boolean))
}

/** 批内条目 — SQL: the entries of one batch; $1 to $5 are what `batchBounds` gives. */
export const entriesOfBatch = `cluster = $1 and ((xact >= $2::xid8 and xact < $3::xid8) or xact = any ($4::xid8[]))
  and xact <> all ($5::xid8[])`

/** 批次边界 — values for `entriesOfBatch`: `late` are the transactions that the cluster's last seal had left out. */
export function batchBounds(
  seal: Pick<Seal, 'cluster' | 'fromXact' | 'toXact' | 'openXacts'>,
  late: string,
): string[] {
  return [seal.cluster, seal.fromXact, seal.toXact, late, seal.openXacts]
}

/** 批次内容 — what a batch's entries come down to. */
export interface BatchContent {
  readonly seqs: string
  readonly marks: string
  readonly entriesHash: string
  readonly firstSeq: number
  readonly lastSeq: number
  readonly count: number
}

const markBytes = 8

/** 批次摘要 — the numbers, marks and hash of the entries of one batch, in order of seq. */
export function batchContent(entries: readonly RawEntry[]): BatchContent {
  const sorted = entries
    .map((entry) => ({ seq: Number(entry[0]), entry }))
    .sort((one, other) => one.seq - other.seq)
  const digests = sorted.map(({ entry }) => entryDigest(entry))
  const seqs = sorted.map(({ seq }) => seq)
  return {
    seqs: multirangeOf(seqs),
    marks: Buffer.concat(digests.map((digest) => digest.subarray(0, markBytes))).toString('hex'),
    entriesHash: hash('sha256', Buffer.concat(digests)),
    firstSeq: seqs[0] ?? 0,
    lastSeq: seqs.at(-1) ?? 0,
    count: seqs.length,
  }
}

/** 多段区间 — ascending numbers as PostgreSQL writes them. */
export function multirangeOf(seqs: readonly number[]): string {
  const ranges: [from: number, to: number][] = []
  for (const seq of seqs) {
    const last = ranges.at(-1)
    if (last && last[1] === seq) last[1] = seq + 1
    else ranges.push([seq, seq + 1])
  }
  return `{${ranges.map(([from, to]) => `[${from},${to})`).join(',')}}`
}

const range = /\[(\d+),(\d+)\)/g

/** 号数 — how many numbers a multirange holds. */
export function sizeOf(multirange: string): number {
  return [...multirange.matchAll(range)].reduce((sum, [, from, to]) => sum + Number(to) - Number(from), 0)
}

/** 区间内的号 — the numbers of a multirange, ascending. */
function numbersOf(multirange: string): number[] {
  const numbers: number[] = []
  for (const [, from, to] of multirange.matchAll(range))
    for (let seq = Number(from); seq < Number(to); seq += 1) numbers.push(seq)
  return numbers
}

/** 每条的标记 — each number of a batch with the mark that its seal keeps. */
export function marksBySeq(seqs: string, marks: string): Map<number, string> {
  const width = markBytes * 2
  return new Map(numbersOf(seqs).map((seq, index) => [seq, marks.slice(index * width, (index + 1) * width)]))
}
