/** 未保存的单元格 — by cell, the text as it was written. */
export type Draft = Map<string, string>

/** 单元格代号 — its line and field as one word. */
export function cellKey(line: number, field: string): string {
  return `${line}/${field}`
}

/** 代号所指 — the line and field of a cell's word. */
export function placeOf(key: string): { line: number; field: string } {
  const at = key.indexOf('/')
  return { line: Number(key.slice(0, at)), field: key.slice(at + 1) }
}

/** 浏览器里的草稿 — what was written on this machine and has not reached the platform. */
export function keptDraft(filingId: number): Draft {
  const kept = localStorage.getItem(placeFor(filingId))
  return new Map(kept ? (JSON.parse(kept) as [string, string][]) : [])
}

/** 留草稿 — keeps what is not saved yet; nothing left, nothing kept. */
export function keepDraft(filingId: number, draft: Draft): void {
  if (draft.size === 0) localStorage.removeItem(placeFor(filingId))
  else localStorage.setItem(placeFor(filingId), JSON.stringify([...draft]))
}

function placeFor(filingId: number): string {
  return `kuoyou-filing-${filingId}`
}
