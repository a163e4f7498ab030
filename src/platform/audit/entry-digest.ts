import { hash } from 'node:crypto'

/**
 * 封存所用列 — every column of an entry as text that no setting of the session changes.
 *
 * Read with `rawText`, in this order; moments are microseconds since 1970.
 */
export const digestColumns = `seq, cluster, xact, (extract(epoch from at) * 1000000)::bigint, trace, account, role, act,
  outcome, county_ids, object_kind, object_id, subjects, purpose, network, facts, delegated_by`

/** Keeps each column as the server wrote it. */
export const rawText = { getTypeParser: () => (text: string) => text } as never

/** 原文行 — an entry's columns as text. */
export type RawEntry = readonly [
  seq: string,
  cluster: string,
  xact: string,
  at: string,
  trace: string,
  account: string,
  role: string,
  act: string,
  outcome: string,
  countyIds: string,
  objectKind: string | null,
  objectId: string | null,
  subjects: string,
  purpose: string | null,
  network: string | null,
  facts: string,
  delegatedBy: string | null,
]

/**
 * 规范文本 — one entry as canonical JSON: what is hashed, and what an outside auditor can rebuild.
 *
 * The keys are written in their order, which is three times as fast as sorting them a million times. `facts`
 * are the text of jsonb, whose order of keys is fixed; parsing them would lose digits of long numbers.
 */
export function entryText(entry: RawEntry): string {
  const [seq, cluster, xact, at, trace, account, role, act, outcome, countyIds] = entry
  const [, , , , , , , , , , objectKind, objectId, subjects, purpose, network, facts, delegatedBy] = entry
  return JSON.stringify({
    account,
    act,
    at,
    cluster,
    countyIds,
    delegatedBy,
    facts,
    network,
    objectId,
    objectKind,
    outcome,
    purpose,
    role,
    seq,
    subjects,
    trace,
    xact,
  })
}

/** 条目摘要 — SHA-256 of the entry's canonical text. */
export function entryDigest(entry: RawEntry): Buffer {
  return hash('sha256', entryText(entry), 'buffer')
}
