import { chinaDay } from '../kernel/china-moment.ts'
import type { Plan } from '../plan/index.ts'
import type { Identity } from '../platform/access/identity.ts'
import type { AuditDesk } from '../platform/audit/audit-desk.ts'
import type { Database } from '../platform/db/open-database.ts'
import type { Files } from '../platform/files/file-store.ts'
import { type Route, routeFor } from '../platform/http/route.ts'
import { type JobKind, jobKindFor } from '../platform/jobs/job-kind.ts'
import type { Jobs } from '../platform/jobs/jobs.ts'
import type { Vault } from '../platform/vault/vault.ts'
import type { PostSettings } from '../platform/webhooks/guarded-post.ts'
import type { Site } from './registry/site.ts'

/** 所服务的城市 — which city this site serves, under which plan, and whether its data are generated. */
export interface ServedSite extends Site {
  readonly cityName: string
  /** A generated city stands still: its books end on this statistical day. Absent on a real site. */
  readonly generatedUntil?: string
}

/** 口径日 — the day the books are read as of when nobody asks for one: today in China, or the last day of a generated city. */
export function bookDay(site: ServedSite): string {
  return site.generatedUntil ?? chinaDay(new Date())
}

/** 台账与工具 — what every room is lent to answer a request. */
export interface Books {
  readonly db: Database
  readonly plan: Plan
  readonly jobs: Jobs
  readonly files: Files
  /** Seals and opens what is personal. */
  readonly vault: Vault
  readonly site: ServedSite
  readonly identity: Identity
  readonly audit: AuditDesk
  readonly webhooks: PostSettings
}

/** 接口 — a route of a room that works on the books. */
export type BooksRoute = Route<Books>

/** 声明接口 — declares one; see `routeFor`. */
export const booksRoute = routeFor<Books>()

/** 任务种类 — long work of a room on the books, whatever its input. */
export type BooksJob = JobKind<never, Books>

/** 声明任务种类 — declares one; see `JobKind`. */
export const booksJob = jobKindFor<Books>()
