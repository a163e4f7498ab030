import { granted } from '../../kernel/result.ts'
import type { Database } from '../db/open-database.ts'
import { type Route, routeFor } from '../http/route.ts'
import { auditAccess } from './access.ts'
import type { AnchorPlaces } from './anchor-book.ts'
import { AuditFilter, AuditPage, AuditQuery, AuditState, AuditVerdict as Verdict } from './audit-contract.ts'
import { auditState } from './audit-state.ts'
import { exportEntries } from './export-entries.ts'
import { type ActNames, listEntries } from './list-entries.ts'
import { looksPersonal } from './personal-looking.ts'
import { verifyAudit } from './verify-audit.ts'

interface Context {
  readonly db: Database
}
const route = routeFor<Context>()
const pageSize = 100

/** 无接口的事项 — acts that no request asks for, by name. */
const ownActs: Readonly<Record<string, string>> = {
  'audit.anchor': '写入审计锚点',
  'audit.purge': '清除到期审计',
  'audit.export': '导出审计（命令行）',
}

/** 审计所需 — where anchors lie, and what gives acts and counties their names. */
export interface AuditDesk {
  readonly places: AnchorPlaces
  /** All of the platform's: their summaries are the names of acts. */
  readonly routes: () => readonly Pick<Route, 'method' | 'path' | 'summary'>[]
  readonly counties: () => Promise<{ id: number; name: string }[]>
}

/** 审计接口 — reading, exporting and verifying the audit; each leaves an entry of its own. */
export function auditRoutes(desk: AuditDesk): readonly Route<Context>[] {
  const { places, routes } = desk
  let names: ActNames | undefined
  const actNames = () => {
    names ??= new Map([
      ...routes().map(({ method, path, summary }): [string, string] => [`${method} ${path}`, summary]),
      ...Object.entries(ownActs),
    ])
    return names
  }
  return [listRoute(actNames), stateRoute(desk, actNames), verifyRoute(places), exportRoute(actNames)]
}

function listRoute(actNames: () => ActNames) {
  return route({
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
      const rows = await listEntries(context.db.pool, filter, actNames(), { before, limit: limit + 1 })
      const shown = rows.slice(0, limit)
      return { rows: shown, next: rows.length > limit ? (shown.at(-1)?.seq ?? null) : null }
    },
  })
}

function stateRoute({ places, counties }: AuditDesk, actNames: () => ActNames) {
  return route({
    method: 'GET',
    path: '/api/audit/state',
    summary: '审计封存与锚点现状',
    may: auditAccess.read,
    answer: AuditState,
    handle: async ({ context }) => ({
      ...(await auditState(context.db.pool, places)),
      acts: [...actNames()].map(([act, name]) => ({ act, name })),
      counties: await counties(),
    }),
  })
}

/** A verification under way serves everyone who asks meanwhile. */
function verifyRoute(places: AnchorPlaces) {
  let underWay: ReturnType<typeof verifyAudit> | undefined
  return route({
    method: 'GET',
    path: '/api/audit/verification',
    summary: '核验审计',
    may: auditAccess.verify,
    answer: Verdict,
    traced: true,
    handle: async ({ context, note }) => {
      underWay ??= verifyAudit(context.db.pool, places).finally(() => {
        underWay = undefined
      })
      const verdict = await underWay
      note({ facts: { sound: verdict.sound, entries: verdict.entries, found: verdict.found } })
      return { ...verdict, findings: [...verdict.findings] }
    },
  })
}

function exportRoute(actNames: () => ActNames) {
  return route({
    method: 'GET',
    path: '/api/audit/export',
    summary: '导出审计',
    may: auditAccess.export,
    query: AuditFilter,
    traced: true,
    handle: async ({ context, query, note }) => {
      const file = await exportEntries(context.db.pool, query, actNames())
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
}

/** What was looked for, as far as it may stand in the audit: an account may be somebody's phone. */
function told(filter: AuditFilter): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(filter).map(([key, value]) => [key, looksPersonal(value) ? '（略）' : value]),
  )
}
