import type pg from 'pg'
import { type AnchorPlaces, keyName, readAnchors, readKey } from './anchor-book.ts'
import { type AnchoredEntry, checkAnchors } from './check-anchors.ts'
import { checkBackdated, checkBatch, checkSeal } from './check-batch.ts'
import { countLoose } from './count-loose.ts'
import type { RawEntry } from './entry-digest.ts'
import type { Finding, Verdict } from './finding.ts'
import { lastPurge, type Purge } from './last-purge.ts'
import { entriesOfXacts, openEntryReader, sealsInOrder } from './read-in-order.ts'
import { noXacts, type Seal, xactsOf } from './seal.ts'

const findingsTold = 20

/** 核验审计 — reads every entry and seal, and both copies of the anchors, at one moment of the database. */
export async function verifyAudit(pool: pg.Pool, places: AnchorPlaces): Promise<Verdict> {
  const client = await pool.connect()
  try {
    await client.query('begin isolation level repeatable read read only')
    return await verifyWith(client, places)
  } finally {
    await client.query('rollback').catch(() => {})
    client.release()
  }
}

/** 核验审计 — inside a transaction that is already open. */
export async function verifyWith(client: pg.ClientBase, places: AnchorPlaces): Promise<Verdict> {
  const started = performance.now()
  const key = readKey(places)
  const copies = readAnchors(places)
  const purge = await lastPurge(client, key)
  const walk = await walkChain(
    client,
    purge,
    new Set(copies.flatMap(({ lines }) => lines.map((line) => line?.batch))),
  )
  const loose = await countLoose(client, purge?.throughBatch ?? 0, walk.entries)
  const findings = [
    ...walk.findings,
    ...loose.findings,
    ...checkAnchors(copies, key, { ...walk, said: key ? saidWith(walk.anchorings, keyName(key)) : [] }),
  ].sort((one, other) => (one.seq ?? Number.POSITIVE_INFINITY) - (other.seq ?? Number.POSITIVE_INFINITY) || 0)
  return {
    sound: findings.length === 0,
    entries: walk.entries + loose.waiting,
    seals: walk.seals,
    waiting: loose.waiting,
    purgedThrough: purge?.throughSeq ?? null,
    anchors: Math.max(...copies.map(({ lines }) => lines.length)),
    lastAnchorDay: copies[0].lines.at(-1)?.day ?? null,
    findings: findings.slice(0, findingsTold),
    found: findings.length,
    tookMs: Math.round(performance.now() - started),
  }
}

interface Walk {
  entries: number
  seals: number
  readonly findings: Finding[]
  readonly anchored: Map<number, { hash: string; count: number; nextSeq: number }>
  readonly anchorings: RawEntry[]
  lastBatch: number
  lastSeq: number
  firstSealedMs: number
  lastSealedMs: number
}

async function walkChain(
  client: pg.ClientBase,
  purge: Purge | undefined,
  anchoredBatches: ReadonlySet<number | undefined>,
): Promise<Walk> {
  const walk: Walk = {
    entries: 0,
    seals: 0,
    findings: purge && !purge.holds ? [purgeForged(purge)] : [],
    anchored: new Map(),
    anchorings: [],
    lastBatch: 0,
    lastSeq: 0,
    firstSealedMs: 0,
    lastSealedMs: 0,
  }
  const takeBatch = batchReader(client)
  const purgedThrough = purge?.holds ? purge.throughBatch : 0
  let before: Seal | undefined
  let sealed = 0
  for await (const seal of sealsInOrder(client)) {
    walk.findings.push(...checkSeal(seal, before, walk.lastSeq))
    if (seal.batch === purgedThrough && seal.hash !== purge?.sealHash)
      walk.findings.push(purgeForged(purge as Purge))
    if (seal.batch > purgedThrough) {
      const { entries, begun } = await takeBatch(seal, before)
      if (before?.cluster === seal.cluster) walk.findings.push(...checkBackdated(before, begun))
      walk.findings.push(...checkBatch(seal, entries))
      for (const entry of entries) if (entry[7] === 'audit.anchor') walk.anchorings.push(entry)
      walk.entries += entries.length
    }
    sealed += seal.count
    note(walk, seal, sealed, anchoredBatches)
    before = seal
  }
  return walk
}

type TakeBatch = (
  seal: Seal,
  before: Seal | undefined,
) => Promise<{
  /** Everything the seal should hold. */
  readonly entries: readonly RawEntry[]
  /** What the transactions numbered since the seal before wrote, whichever batch it ended in. */
  readonly begun: readonly RawEntry[]
}>

/** What an open transaction wrote waits here for the batch after its end. */
function batchReader(client: pg.ClientBase): TakeBatch {
  const reader = openEntryReader(client)
  const waiting = new Map<string, RawEntry[]>()
  let started = false
  return async (seal, before) => {
    const { cluster } = seal
    // Its own batch was purged: it stands alone, outside the range that is read in order.
    if (!started && before?.cluster === cluster && before.openXacts !== noXacts)
      waiting.set(cluster, await entriesOfXacts(client, cluster, before.openXacts))
    started = true
    const open = xactsOf(seal.openXacts)
    const begun = await reader.take(cluster, seal.fromXact, seal.toXact)
    const late = waiting.get(cluster) ?? []
    if (open.size === 0 && late.length === 0) return { entries: begun, begun }
    const all = [...late, ...begun]
    waiting.set(
      cluster,
      all.filter((entry) => open.has(entry[2])),
    )
    return { entries: all.filter((entry) => !open.has(entry[2])), begun }
  }
}

function note(
  walk: Walk,
  seal: Seal,
  sealed: number,
  anchoredBatches: ReadonlySet<number | undefined>,
): void {
  walk.seals += 1
  walk.lastBatch = seal.batch
  walk.lastSeq = Math.max(walk.lastSeq, seal.lastSeq)
  walk.lastSealedMs = Number(seal.sealedAt) / 1000
  walk.firstSealedMs ||= walk.lastSealedMs
  if (anchoredBatches.has(seal.batch))
    walk.anchored.set(seal.batch, { hash: seal.hash, count: sealed, nextSeq: walk.lastSeq + 1 })
}

function saidWith(anchorings: readonly RawEntry[], name: string): AnchoredEntry[] {
  return anchorings
    .map((entry) => ({ seq: Number(entry[0]), facts: JSON.parse(entry[15]) as { mac: string; key: string } }))
    .filter(({ facts }) => facts.key === name)
    .map(({ seq, facts }) => ({ seq, mac: facts.mac }))
}

function purgeForged({ seq, throughSeq }: Purge): Finding {
  return {
    kind: 'purge-forged',
    seq,
    text: `第 ${seq} 条说到期清除了第 ${throughSeq} 条以前的条目，但它的签名或所记的封条不符：清除记录不实。`,
  }
}
