import { entryDigest, type RawEntry } from './entry-digest.ts'
import type { Finding } from './finding.ts'
import { batchContent, marksBySeq, noSeal, type Seal, sealHash, sizeOf } from './seal.ts'

/** A server's clock may be set right by so much; more is a clock set back. */
const clockToleranceMicros = 60_000_000

/** 核封条 — is the seal itself untouched, and does it follow the one before? `sealedThrough` is the last number under the seals before. */
export function checkSeal(seal: Seal, before: Seal | undefined, sealedThrough: number): Finding[] {
  const found: Finding[] = []
  const say = (kind: Finding['kind'], seq: number, text: string) => found.push({ kind, seq, text })
  const { hash, ...rest } = seal
  const expected = (before?.batch ?? 0) + 1
  if (sealHash(rest) !== hash)
    say(
      'seal-changed',
      seal.firstSeq,
      `第 ${seal.batch} 批的封条（第 ${spanOf(seal)} 条）被改动：与自身的哈希不符。`,
    )
  if (seal.batch !== expected)
    say(
      'seal-missing',
      sealedThrough + 1,
      `第 ${expected}${seal.batch - expected > 1 ? `—${seal.batch - 1}` : ''} 批的封条不见了，从第 ${sealedThrough + 1} 条起无从核对。`,
    )
  else if (seal.previousHash !== (before?.hash ?? noSeal))
    say(
      'chain-broken',
      before?.firstSeq ?? seal.firstSeq,
      `第 ${before?.batch ?? 0} 批（第 ${before ? spanOf(before) : '—'} 条）在封存之后被重写：第 ${seal.batch} 批记下的前一批哈希与它不符。`,
    )
  else if (before && seal.cluster === before.cluster && seal.fromXact !== before.toXact)
    say('chain-broken', seal.firstSeq, `第 ${seal.batch} 批没有接着前一批的事务号，中间的条目无从核对。`)
  if (before && Number(seal.sealedAt) < Number(before.sealedAt) - clockToleranceMicros)
    say(
      'clock',
      seal.firstSeq,
      `第 ${seal.batch} 批的封存时间 ${momentOf(seal.sealedAt)} 早于前一批的 ${momentOf(before.sealedAt)}：服务器时钟被拨回过。`,
    )
  return found
}

/** 核一批 — are the entries of the batch those that were sealed? */
export function checkBatch(seal: Seal, entries: readonly RawEntry[]): Finding[] {
  const content = batchContent(entries)
  const same = content.seqs === seal.seqs && content.entriesHash === seal.entriesHash
  const latest = Number(seal.sealedAt) + clockToleranceMicros
  const postdated = entries.filter((entry) => Number(entry[3]) > latest).map(misdated)
  return [...(same ? [] : differences(seal, entries)), ...postdated]
}

function differences(seal: Seal, entries: readonly RawEntry[]): Finding[] {
  const sealedOn = `封存于 ${momentOf(seal.sealedAt)}`
  if (sizeOf(seal.seqs) !== seal.count) return [unlike(seal)]
  if (entries.length === 0)
    return [
      {
        kind: 'missing',
        seq: seal.firstSeq,
        text: `第 ${seal.batch} 批（第 ${spanOf(seal)} 条，共 ${seal.count} 条，${sealedOn}）整批不见了。`,
      },
    ]
  const marks = marksBySeq(seal.seqs, seal.marks)
  const seen = new Set<number>()
  const found: Finding[] = []
  for (const entry of entries) {
    const seq = Number(entry[0])
    const mark = marks.get(seq)
    const where = `第 ${seq} 条（第 ${seal.batch} 批，${sealedOn}）`
    if (mark === undefined)
      found.push({ kind: 'inserted', seq, text: `${where}是封存之后添进去的，或从别的批次挪来的。` })
    else if (seen.has(seq)) found.push({ kind: 'inserted', seq, text: `${where}出现了两次。` })
    else if (!entryDigest(entry).toString('hex').startsWith(mark))
      found.push({ kind: 'changed', seq, text: `${where}被改动：内容与封存时不一致。` })
    seen.add(seq)
  }
  for (const seq of marks.keys())
    if (!seen.has(seq))
      found.push({
        kind: 'missing',
        seq,
        text: `第 ${seq} 条（第 ${seal.batch} 批，${sealedOn}）被删去，或被挪出了本批。`,
      })
  return found.length > 0 ? found : [unlike(seal)]
}

function unlike(seal: Seal): Finding {
  return {
    kind: 'seal-changed',
    seq: seal.firstSeq,
    text: `第 ${seal.batch} 批的封条（第 ${spanOf(seal)} 条）与其中的条目对不上：封条被伪造过。`,
  }
}

/** 核时间 — what transactions begun after the last seal wrote cannot be older than it. */
export function checkBackdated(before: Seal, begunSince: readonly RawEntry[]): Finding[] {
  const earliest = Number(before.sealedAt) - clockToleranceMicros
  return begunSince
    .filter((entry) => Number(entry[2]) >= Number(before.nextXact) && Number(entry[3]) < earliest)
    .map(misdated)
}

function misdated(entry: RawEntry): Finding {
  return {
    kind: 'clock',
    seq: Number(entry[0]),
    text: `第 ${entry[0]} 条写着 ${momentOf(entry[3])}，与前后封条的时间不合：时间被倒填，或服务器时钟被拨动过。`,
  }
}

function spanOf({ firstSeq, lastSeq }: Seal): string {
  return `${firstSeq}—${lastSeq}`
}

/** 北京时间 — of microseconds since 1970. */
export function momentOf(micros: string): string {
  return new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Asia/Shanghai',
    dateStyle: 'short',
    timeStyle: 'medium',
  }).format(new Date(Number(micros) / 1000))
}
