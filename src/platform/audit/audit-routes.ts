import { granted } from '../../kernel/result.ts'
import type { Database } from '../db/open-database.ts'
import { type Route, routeFor } from '../http/route.ts'
import { auditAccess } from './access.ts'
import { AuditFilter, AuditPage, AuditQuery, AuditState, AuditVerdict } from './audit-contract.ts'
import { type AuditDesk, actNames } from './audit-desk.ts'
import { auditState } from './audit-state.ts'
import { exportEntries } from './export-entries.ts'
import type { Verdict } from './finding.ts'
import { listEntries } from './list-entries.ts'
import { looksPersonal } from './personal-looking.ts'
import { verifyAudit } from './verify-audit.ts'

interface Context {
  readonly db: Database
  readonly audit: AuditDesk
  readonly site: { readonly synthetic: boolean }
}
const route = routeFor<Context>()
const pageSize = 100

const list = route({
  method: 'GET',
  path: '/api/audit',
  summary: '查看审计',
  may: auditAccess.read,
  query: AuditQuery,
  answer: AuditPage,
  traced: true,
  handle: async ({ context, query, note }) => {
    const { before, limit = pageSize, ...filter } = query
    note({ facts: { filter: told(filter), ...(before !== undefined && { before }) } })
    const names = await actNames(context.audit)
    const rows = await listEntries(context.db.pool, filter, names, { before, limit: limit + 1 })
    const shown = rows.slice(0, limit)
    return { rows: shown, next: rows.length > limit ? (shown.at(-1)?.seq ?? null) : null }
  },
})

const state = route({
  method: 'GET',
  path: '/api/audit/state',
  summary: '审计封存与锚点现状',
  may: auditAccess.read,
  answer: AuditState,
  handle: async ({ context: { audit, db } }) => ({
    ...(await auditState(db.pool, audit.places)),
    acts: [...(await actNames(audit))].map(([act, name]) => ({ act, name })),
    counties: await audit.counties(),
  }),
})

/** A verification under way serves everyone of the same site who asks meanwhile. */
const underWay = new WeakMap<AuditDesk, Promise<Verdict>>()

const verification = route({
  method: 'GET',
  path: '/api/audit/verification',
  summary: '核验审计',
  may: auditAccess.verify,
  answer: AuditVerdict,
  traced: true,
  handle: async ({ context: { audit, db }, note }) => {
    const verifying =
      underWay.get(audit) ?? verifyAudit(db.pool, audit.places).finally(() => underWay.delete(audit))
    underWay.set(audit, verifying)
    const verdict = await verifying
    note({ facts: { sound: verdict.sound, entries: verdict.entries, found: verdict.found } })
    return { ...verdict, findings: [...verdict.findings] }
  },
})

const exported = route({
  method: 'GET',
  path: '/api/audit/export',
  summary: '导出审计',
  may: auditAccess.export,
  query: AuditFilter,
  traced: true,
  handle: async ({ context, query, note }) => {
    const names = await actNames(context.audit)
    const file = await exportEntries(context.db.pool, query, names, context.site.synthetic)
    if (!file.ok) return file
    const { name, content, rows, sha256 } = file.value
    note({ facts: { filter: told(query), rows, sha256 } })
    return granted({
      kind: 'file' as const,
      name,
      type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      content,
    })
  },
})

/** 审计接口 — reading, exporting and verifying the audit; each leaves an entry of its own. */
export const auditRoutes: readonly Route<Context>[] = [list, state, verification, exported]

/** What was looked for, as far as it may stand in the audit: an account may be somebody's phone. */
function told(filter: AuditFilter): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(filter).map(([key, value]) => [key, looksPersonal(value) ? '（略）' : value]),
  )
}
