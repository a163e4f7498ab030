import type { Plan } from '../plan/index.ts'
import type { Database } from '../platform/db/open-database.ts'
import { type Route, routeFor } from '../platform/http/route.ts'
import type { Jobs } from '../platform/jobs/jobs.ts'
import type { Site } from './registry/site.ts'

/** 所服务的城市 — which city this site serves, under which plan, and whether its data are generated. */
export interface ServedSite extends Site {
  readonly cityName: string
}

/** 台账与工具 — what every room is lent to answer a request. */
export interface Books {
  readonly db: Database
  readonly plan: Plan
  readonly jobs: Jobs
  readonly site: ServedSite
}

/** 接口 — a route of a room that works on the books. */
export type BooksRoute = Route<Books>

/** 声明接口 — declares one; see `routeFor`. */
export const booksRoute = routeFor<Books>()
