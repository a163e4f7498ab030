import serveStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import Type from 'typebox'
import { identityRoutes } from '../platform/access/identity-routes.ts'
import { anyone } from '../platform/access/policy.ts'
import { auditRoutes } from '../platform/audit/audit-routes.ts'
import { auditTracing } from '../platform/audit/audit-tracing.ts'
import { buildServer } from '../platform/http/serve.ts'
import { jobRoutes } from '../platform/jobs/job-routes.ts'
import { loggingOptions } from '../platform/watch/log.ts'
import { type Books, type BooksRoute, booksRoute } from '../records/books.ts'
import { house } from './house.ts'
import { unitLookUp } from './look-up-units.ts'
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

/** 全部接口 — of the platform and every room. */
export const allRoutes: readonly BooksRoute[] = [
  health,
  ...identityRoutes,
  ...jobRoutes,
  ...auditRoutes,
  ...house.flatMap((feature) => feature.routes),
]

/** 平台服务 — the API of every room and, when built, the pages; `data` is the folder whose disk it watches. */
export async function platformServer(books: Books, pages?: string, data?: string): Promise<FastifyInstance> {
  const server: FastifyInstance = await buildServer({
    routes: allRoutes,
    context: books,
    version,
    asOf: books.site.generatedUntil,
    tracing: auditTracing(books.db.pool),
    lookUp: unitLookUp(books),
    logging: loggingOptions(),
    watch: (server) => watchPlatform(server, books, data),
    trustProxy: process.env.KUOYOU_PROXY,
    onFault: (trace, err) => server.log.error({ trace, err }, 'fault'),
  })
  if (pages) await servePages(server, pages)
  return server
}

/** Everything the pages need comes from here: no other origin is ever asked. Styles are written by the component library. */
const contentPolicy =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; frame-ancestors 'none'"

async function servePages(server: FastifyInstance, pages: string): Promise<void> {
  server.addHook('onSend', async (_request, reply) => {
    reply.header('content-security-policy', contentPolicy)
  })
  await server.register(serveStatic, {
    root: pages,
    preCompressed: false,
    setHeaders: (reply, path) => {
      reply.header(
        'cache-control',
        path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      )
    },
  })
  // Addresses of pages are made in the browser: all of them open the same document.
  server.setNotFoundHandler((request, reply) => {
    if (request.method === 'GET' && !request.url.startsWith('/api/') && !/\.\w+$/.test(request.url))
      return reply.sendFile('index.html')
    return reply.code(404).send({ kind: 'not-found', text: '没有这个地址。请从平台首页进入。' })
  })
}
