import type pg from 'pg'
import type { Visitor } from '../access/visitor.ts'

/** 办事痕迹 — who asked for what, and how it ended. */
export interface Trace {
  readonly traceId: string
  /** The route, e.g. `POST /api/institutions`. */
  readonly act: string
  readonly visitor: Visitor
  readonly network: string
  readonly outcome: 'done' | 'refused' | 'denied' | 'problem' | 'not-found' | 'failed'
  /** What the handler added: whom or what it concerned, and to what end. */
  readonly notes: TraceNotes
}

/** 附注 — what a trace says beyond the route; never personal data in clear. */
export interface TraceNotes {
  readonly counties?: readonly number[]
  readonly object?: { readonly kind: string; readonly id: string }
  /** Blind ids of the persons concerned. */
  readonly subjects?: readonly string[]
  readonly purpose?: string
  readonly facts?: Readonly<Record<string, unknown>>
}

/** 留痕 — where traces go: into the act's own transaction, or on their own where nothing was done. */
export interface Tracing {
  within(client: pg.PoolClient, trace: Trace): Promise<void>
  apart(trace: Trace): Promise<void>
}

/** 不留痕 — for tools and tests that keep no audit. */
export const untraced: Tracing = { within: async () => {}, apart: async () => {} }

/** 结局 — what a status says of how it ended. */
export function outcomeOf(status: number): Trace['outcome'] {
  if (status < 400) return 'done'
  if (status === 401 || status === 403) return 'denied'
  if (status === 404) return 'not-found'
  if (status === 409 || status === 422 || status === 429) return 'refused'
  return status < 500 ? 'problem' : 'failed'
}

/**
 * 另行留痕 — does an answer outside any transaction leave a trace? Acts always do. Of reads, those turned away or failed
 * do, and what a signed-in visitor asked for and did not find, or asked for too fast: so looks someone who tries
 * numbers one after the other. Strangers' reads do not: anyone could fill the book with them.
 */
export function worthTracing(method: string, status: number, account: string | undefined): boolean {
  if (method !== 'GET' || status === 403 || status >= 500) return true
  if (!account) return false
  return status === 404 || (status === 429 && firstThisMinute(account))
}

let minute = 0
const tooFast = new Set<string>()

/** Whoever is stopped for asking too much must not write as much into the book: once a minute tells it. */
function firstThisMinute(account: string): boolean {
  const now = Math.floor(Date.now() / 60_000)
  if (now !== minute) tooFast.clear()
  minute = now
  if (tooFast.has(account)) return false
  tooFast.add(account)
  return true
}
