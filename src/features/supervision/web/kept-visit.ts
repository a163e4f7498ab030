import type { VisitKind } from '../../../kernel/visit-kinds.ts'

/** 入校草稿 — a visit as it was written on this machine and has not reached the platform. */
export interface VisitDraft {
  /** Sent twice it is one visit. */
  readonly draft: string
  readonly institutionId: string
  readonly kind: VisitKind
  readonly visitedOn: string
  readonly seen: string
  readonly advice: string
  /** Photographs of it lie in this browser, as far as was last seen. */
  readonly photographed?: boolean
  /** Handed in: it goes out as soon as there is a line, also when the page is opened again. */
  readonly handedIn?: boolean
  /** Sent and neither taken nor refused yet: the platform may hold these very words, so they stay as they are. */
  readonly tried?: boolean
  /** Its number once its words are on the platform: only photographs are left to send. */
  readonly visitId?: number
}

const placeFor = (account: string) => `kuoyou-visit-${account}`

/** 浏览器里的草稿 — what this account began here; a fresh one when there is none. */
export function keptVisit(account: string, fresh: () => VisitDraft): VisitDraft {
  const kept = localStorage.getItem(placeFor(account))
  return kept ? (JSON.parse(kept) as VisitDraft) : fresh()
}

/** 有无未交草稿 — does something this account wrote here still wait to be sent? */
export function hasKeptVisit(account: string): boolean {
  return localStorage.getItem(placeFor(account)) !== null
}

/** 留草稿 — at every key, apart for each account; with nothing written and no photograph taken nothing is kept. */
export function keepVisit(account: string, visit: VisitDraft | undefined): void {
  if (visit === undefined || (visit.seen === '' && visit.advice === '' && !visit.photographed))
    localStorage.removeItem(placeFor(account))
  else localStorage.setItem(placeFor(account), JSON.stringify(visit))
}

/** 别处在写 — tells when another page of this browser wrote, sent or dropped this account's draft. Returns how to stop listening. */
export function whenWrittenElsewhere(account: string, tell: () => void): () => void {
  const hear = ({ key }: StorageEvent) => {
    if (key === placeFor(account)) tell()
  }
  window.addEventListener('storage', hear)
  return () => window.removeEventListener('storage', hear)
}
