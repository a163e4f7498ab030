/** 问题种类 — what an audit can be found to have suffered. */
export const findingKinds = {
  changed: '条目被改动',
  missing: '条目缺失',
  inserted: '多出条目',
  'seal-changed': '封条被改动',
  'seal-missing': '封条缺失',
  'chain-broken': '链条断开',
  clock: '时钟倒退',
  truncated: '尾部被截断',
  rewritten: '链条被重写',
  'anchor-changed': '锚点被改动',
  'anchor-missing': '锚点缺失',
  'anchors-disagree': '两处锚点不一致',
  'key-missing': '签名密钥缺失',
  'purge-forged': '清除记录不实',
} as const
export type FindingKind = keyof typeof findingKinds

/** 核验问题 — what is wrong, from which entry on, in a sentence. */
export interface Finding {
  readonly kind: FindingKind
  readonly seq: number | null
  readonly text: string
}

/** 核验结论 — whether the audit is as it was sealed, and if not, the first thing wrong first. */
export interface Verdict {
  readonly sound: boolean
  readonly entries: number
  readonly seals: number
  /** Entries not sealed yet. */
  readonly waiting: number
  readonly purgedThrough: number | null
  readonly anchors: number
  readonly lastAnchorDay: string | null
  readonly findings: readonly Finding[]
  /** All that was found; `findings` holds the first twenty. */
  readonly found: number
  readonly tookMs: number
}
