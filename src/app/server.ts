import type { FastifyInstance } from 'fastify'
import Type from 'typebox'
import { apiTokenRoutes } from '../platform/access/api-token-routes.ts'
import { identityRoutes } from '../platform/access/identity-routes.ts'
import { anyone } from '../platform/access/policy.ts'
import { auditRoutes } from '../platform/audit/audit-routes.ts'
import { auditTracing } from '../platform/audit/audit-tracing.ts'
import { readHosts } from '../platform/http/known-host.ts'
import { ordinaryLimits } from '../platform/http/rate-limits.ts'
import { buildServer } from '../platform/http/serve.ts'
import { jobRoutes } from '../platform/jobs/job-routes.ts'
import { loggingOptions } from '../platform/watch/log.ts'
import { webhookRoutes } from '../platform/webhooks/webhook-routes.ts'
import { type Books, type BooksRoute, booksRoute } from '../records/books.ts'
import { apiRooms } from './api-rooms.ts'
import { homeRoute } from './home/home-route.ts'
import { house } from './house.ts'
import { unitLookUp } from './look-up-units.ts'
import { servedPages } from './served-pages.ts'
import { version } from './version.ts'
import { watchPlatform } from './watch-platform.ts'

const health = booksRoute({
  method: 'GET',
  path: '/api/health',
  summary: '平台是否就绪',
  may: anyone,
  answer: Type.Object({ status: Type.Literal('ready'), version: Type.String(), synthetic: Type.Boolean() }),
  handle: async ({ context }) => ({ status: 'ready' as const, version, synthetic: context.site.synthetic }),
})

/** The platform's own: accounts, tokens, jobs and the audit know no day of the books. */
const ownRoutes: readonly BooksRoute[] = [
  health,
  homeRoute,
  ...identityRoutes,
  ...apiTokenRoutes,
  ...jobRoutes,
  ...auditRoutes,
  ...webhookRoutes,
]

/** 全部接口 — of the platform and every room. */
export const allRoutes: readonly BooksRoute[] = [
  ...ownRoutes.map((route): BooksRoute => ({ ...route, anyDay: true })),
  ...house.flatMap((feature) => feature.routes),
]

/** 平台服务 — the API of every room and, when built, the pages; `data` is the folder whose disk it watches. */
export async function platformServer(books: Books, pages?: string, data?: string): Promise<FastifyInstance> {
  const site = pages === undefined ? undefined : servedPages(pages)
  const server: FastifyInstance = await buildServer({
    routes: allRoutes,
    context: books,
    version,
    rooms: apiRooms,
    asOf: books.site.generatedUntil,
    tracing: auditTracing(books.db.pool),
    lookUp: unitLookUp(books),
    logging: loggingOptions(),
    watch: (server) => watchPlatform(server, books, data),
    trustProxy: process.env.KUOYOU_PROXY,
    rates: ordinaryLimits,
    hosts: readHosts(process.env.KUOYOU_HOST),
    page: site?.open,
    onFault: (trace, err) => server.log.error({ trace, err }, 'fault'),
  })
  await site?.serveFiles(server)
  return server
}
