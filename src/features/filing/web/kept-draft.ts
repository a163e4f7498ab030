/** 未保存的值 — the text as it was written, and the value that stood before the writer's eyes when he began. */
export interface Unsaved {
  readonly written: string
  readonly saw: string | number | null
}

/** 未保存的单元格 — by cell. */
export type Draft = Map<string, Unsaved>

/** 单元格代号 — its line and field as one word. */
export function cellKey(line: number, field: string): string {
  return `${line}/${field}`
}

/** 代号所指 — the line and field of a cell's word. */
export function placeOf(key: string): { line: number; field: string } {
  const at = key.indexOf('/')
  return { line: Number(key.slice(0, at)), field: key.slice(at + 1) }
}

/** 浏览器里的草稿 — what this account wrote on this machine and has not reached the platform. */
export function keptDraft(account: string, of: string): Draft {
  const kept = localStorage.getItem(placeFor(account, of))
  return new Map(kept ? (JSON.parse(kept) as [string, Unsaved][]) : [])
}

/** 留草稿 — keeps what is not saved yet, apart for each account; nothing left, nothing kept. */
export function keepDraft(account: string, of: string, draft: Draft): void {
  if (draft.size === 0) localStorage.removeItem(placeFor(account, of))
  else localStorage.setItem(placeFor(account, of), JSON.stringify([...draft]))
}

function placeFor(account: string, of: string): string {
  return `kuoyou-filing-${account}-${of}`
}
