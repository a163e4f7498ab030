import type { Route } from '../http/route.ts'
import type { AnchorPlaces } from './anchor-book.ts'

/** 审计所需 — where anchors lie, and what gives acts and counties their names. */
export interface AuditDesk {
  readonly places: AnchorPlaces
  /** All of the platform's: their summaries are the names of acts. */
  routes(): Promise<readonly Pick<Route, 'method' | 'path' | 'summary' | 'may'>[]>
  counties(): Promise<{ id: number; name: string }[]>
  /** Names of acts that no request asks for, beside the audit's own. */
  readonly ownActs: Readonly<Record<string, string>>
}

/** 事项名称 — the Chinese name of an act. */
export type ActNames = ReadonlyMap<string, string>

/** The audit's own. */
const auditActs: Readonly<Record<string, string>> = {
  'audit.anchor': '写入审计锚点',
  'audit.purge': '清除到期审计',
  'audit.export': '导出审计（命令行）',
}

/** 事项名称 — of every route and of the acts that have none. */
export async function actNames(desk: AuditDesk): Promise<ActNames> {
  const routes = await desk.routes()
  return new Map([
    ...routes.map(({ method, path, summary }): [string, string] => [`${method} ${path}`, summary]),
    ...Object.entries({ ...auditActs, ...desk.ownActs }),
  ])
}
