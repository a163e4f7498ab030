import type pg from 'pg'
import { grantsOf, type Visitor } from '../access/visitor.ts'
import type { Trace, Tracing } from '../http/trace.ts'
import { appendAlone, appendEntry } from './append-entry.ts'
import type { AuditEntry } from './entry.ts'

/** 留痕入审计 — the server's traces become entries: within the act's own transaction, or alone where nothing was done. */
export function auditTracing(pool: pg.Pool): Tracing {
  return {
    within: (client, trace) => appendEntry(client, entryOf(trace)),
    apart: (trace) => appendAlone(pool, entryOf(trace)),
  }
}

/** Not there and not yours are one answer, and one outcome: a probing visitor shows by their denials. */
export function entryOf({ traceId, act, visitor, network, outcome, notes }: Trace): AuditEntry {
  const lender = lenderOf(visitor)
  return {
    trace: traceId,
    account: visitor.account,
    role: visitor.role,
    act,
    outcome: outcome === 'not-found' ? 'denied' : outcome,
    countyIds: notes.counties ?? (visitor.counties.length === 1 ? visitor.counties : []),
    ...(notes.object && { object: notes.object }),
    ...(notes.subjects && { subjects: notes.subjects }),
    ...(notes.purpose !== undefined && { purpose: notes.purpose }),
    network,
    facts: { ...notes.facts, ...(outcome === 'not-found' && { notFound: true }) },
    ...(lender !== undefined && { delegatedBy: lender }),
  }
}

/** Who lent the role acted in; nobody where the account also holds it of its own. */
function lenderOf(visitor: Visitor): string | undefined {
  const held = grantsOf(visitor).filter(({ role }) => role === visitor.role)
  return held.every(({ delegatedBy }) => delegatedBy) ? held[0]?.delegatedBy : undefined
}
