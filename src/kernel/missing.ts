/**
 * 缺数据 — we do not know, and say what is unknown, where, since when and who owes it. Never 0.
 */
export interface Missing {
  readonly kind: 'missing'
  /** What is unknown, in Chinese, e.g. "15—17 岁常住人口". */
  readonly of: string
  /** Whose value it is, in Chinese, e.g. "叶县". */
  readonly where: string
  /** The year or day from which it is unknown. */
  readonly since?: string
  /** Who must supply it, in Chinese, e.g. "县统计局". */
  readonly owedBy?: string
}

/** 已知或缺 — a value, or the plain statement that it is not known. */
export type Measured<T> = T | Missing

/** 缺数据 — states what is unknown. */
export function missing(of: string, where: string, more: { since?: string; owedBy?: string } = {}): Missing {
  return { kind: 'missing', of, where, ...more }
}

/** 是否缺数据 — is this value unknown? */
export function isMissing(value: unknown): value is Missing {
  return typeof value === 'object' && value !== null && (value as { kind?: unknown }).kind === 'missing'
}
