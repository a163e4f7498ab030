import { type Anchor, type AnchorCopy, signatureHolds } from './anchor-book.ts'
import type { Finding } from './finding.ts'

/** 锚定记录 — what the audit itself says was anchored. */
export interface AnchoredEntry {
  readonly seq: number
  readonly mac: string
}

/** 链上所见 — what the chain holds where anchors stand, and its ends. */
export interface ChainSeen {
  /** By batch: the hash of its seal, the entries sealed up to it, and the first number after it. */
  readonly anchored: ReadonlyMap<number, { hash: string; count: number; nextSeq: number }>
  readonly lastBatch: number
  readonly lastSeq: number
  readonly firstSealedMs: number
  readonly lastSealedMs: number
  /** Only those signed with the key at hand. */
  readonly said: readonly AnchoredEntry[]
}

/** Anchors are written daily: two days without one are a loss. */
const longestPauseMs = 50 * 3_600_000

/** 核锚点 — are both copies untouched and alike, and is the chain still the one they saw? */
export function checkAnchors(
  copies: readonly [AnchorCopy, AnchorCopy],
  key: Buffer | undefined,
  chain: ChainSeen,
): Finding[] {
  if (!key && copies.some(({ exists }) => exists))
    return [whole('key-missing', '找不到审计签名密钥，锚点无从核验。请从备份恢复密钥文件。')]
  const valid = new Map<string, Anchor>()
  const found: Finding[] = []
  for (const copy of key ? copies : []) found.push(...checkCopy(copy, key as Buffer, valid))
  found.push(...checkAlike(copies))
  const anchors = [...valid.values()].sort((one, other) => one.batch - other.batch)
  found.push(...checkChain(anchors, chain))
  for (const { seq, mac } of chain.said)
    if (!valid.has(mac))
      found.push({
        kind: 'anchor-missing',
        seq,
        text: `第 ${seq} 条说写过锚点，两处却都没有它：锚点文件被删减过。`,
      })
  const lastAnchored = Date.parse(anchors.at(-1)?.at ?? '') || chain.firstSealedMs
  if (chain.lastSealedMs - lastAnchored > longestPauseMs)
    found.push(
      whole('anchor-missing', '两天以上没有锚点：每日锚点没有写成，或锚点文件被删。请检查两处锚点目录。'),
    )
  return found
}

function checkCopy(copy: AnchorCopy, key: Buffer, valid: Map<string, Anchor>): Finding[] {
  const found: Finding[] = []
  let before = ''
  copy.lines.forEach((anchor, index) => {
    if (!anchor || !signatureHolds(key, anchor)) {
      found.push(whole('anchor-changed', `锚点文件 ${copy.file} 第 ${index + 1} 行被改动：签名不符。`))
      return
    }
    if (anchor.previous !== before)
      found.push(whole('anchor-missing', `锚点文件 ${copy.file} 第 ${index + 1} 行之前缺了行，或换了次序。`))
    before = anchor.mac
    valid.set(anchor.mac, anchor)
  })
  return found
}

function checkAlike([one, other]: readonly [AnchorCopy, AnchorCopy]): Finding[] {
  const absent = [one, other].filter(({ exists }) => !exists)
  if (absent.length === 2) return []
  if (absent[0])
    return [whole('anchor-missing', `锚点文件 ${absent[0].file} 不见了，另一处还在。请核对后从另一处恢复。`)]
  const alike =
    one.lines.length === other.lines.length &&
    one.lines.every((line, at) => line?.mac === other.lines[at]?.mac)
  return alike
    ? []
    : [
        whole(
          'anchors-disagree',
          `两处锚点不一致：${one.file} 有 ${one.lines.length} 行，${other.file} 有 ${other.lines.length} 行，内容不同。请查明哪一处被动过。`,
        ),
      ]
}

function checkChain(anchors: readonly Anchor[], chain: ChainSeen): Finding[] {
  let goodUpTo = 1
  for (const anchor of anchors) {
    if (anchor.batch > chain.lastBatch)
      return [
        {
          kind: 'truncated',
          seq: chain.lastSeq + 1,
          text: `第 ${chain.lastSeq + 1} 条起的尾部被删去：${anchor.day} 的锚点记到第 ${anchor.batch} 批、第 ${anchor.seq} 条，库里只到第 ${chain.lastBatch} 批。`,
        },
      ]
    const seen = chain.anchored.get(anchor.batch)
    if (seen?.hash !== anchor.hash || seen.count !== anchor.count)
      return [
        {
          kind: 'rewritten',
          seq: goodUpTo,
          text: `从第 ${goodUpTo} 条起到第 ${anchor.seq} 条之间被重写：第 ${anchor.batch} 批与 ${anchor.day} 的锚点不符。`,
        },
      ]
    goodUpTo = seen.nextSeq
  }
  return []
}

function whole(kind: Finding['kind'], text: string): Finding {
  return { kind, seq: null, text }
}
