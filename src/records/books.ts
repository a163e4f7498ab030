import { chinaDay } from '../kernel/china-moment.ts'
import type { Feature } from '../kernel/feature.ts'
import type { HomePart } from '../kernel/home-part.ts'
import type { Plan } from '../plan/index.ts'
import type { Identity } from '../platform/access/identity.ts'
import type { Policy } from '../platform/access/policy.ts'
import type { Visitor } from '../platform/access/visitor.ts'
import type { AuditDesk } from '../platform/audit/audit-desk.ts'
import type { Database } from '../platform/db/open-database.ts'
import type { Scope } from '../platform/db/scope.ts'
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
  /** In force now: the files' and, nearest of all, what the city set itself. */
  readonly plan: Plan
  /** Takes up what was decided since, for the requests to come; what is in force now comes back. */
  renewPlan(): Promise<Plan>
  /** The plan as it stood at a moment: without the city's values that were decided later. */
  planAt(knownAt: string): Promise<Plan>
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

const declareRoute = routeFor<Books>()

/** 声明接口 — declares one; see `routeFor`. Whoever asks for what was known at a moment gets the plan of that moment too. */
export const booksRoute: typeof declareRoute = (declared) => {
  const route = declareRoute(declared)
  return {
    ...route,
    handle: async (call) => {
      const { knownAt } = call.scope()
      if (knownAt === undefined) return route.handle(call)
      const plan = await call.context.planAt(knownAt)
      return route.handle({
        ...call,
        context: { ...call.context, plan, renewPlan: async () => plan },
      } as never)
    },
  }
}

/** 任务种类 — long work of a room on the books, whatever its input. */
export type BooksJob = JobKind<never, Books>

/** 声明任务种类 — declares one; see `JobKind`. */
export const booksJob = jobKindFor<Books>()

/** 工作台所问 — for whom a room speaks on the home page, and within which scope: no further than its policy lets them. */
export interface HomeAsking {
  readonly context: Books
  readonly visitor: Visitor
  readonly scope: Scope
  readonly today: string
}

/** 工作台来源 — what a room says on the home page, to whom, and the cards it can give. */
export interface BooksHome {
  readonly may: Policy
  readonly cards: readonly string[]
  /** It measures whole books: the page asks for it apart, and shows the others meanwhile. */
  readonly slow?: true
  readonly gather: (asking: HomeAsking) => Promise<HomePart>
}

/** 功能室 — a room that works on the books. */
export type BooksFeature = Feature<BooksRoute, BooksJob, BooksHome>
