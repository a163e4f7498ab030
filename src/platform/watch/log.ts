import { type FastifyInstance, type FastifyServerOptions, LogController } from 'fastify'
import { scrubLine } from './scrub.ts'

/** 日志流向 — where lines go. */
export interface LogSink {
  write(line: string): void
}

/**
 * 日志设置 — for fastify: one JSON line each, no personal data, and the trace id by which a request's lines belong together.
 *
 * fastify's own request lines are off: they hold the address with its query. `logRequests` writes ours. Whatever a
 * line holds, identity and telephone numbers in it are replaced before it is written. Lines go to standard error: to
 * the journal under systemd; at a terminal, where a person reads, only warnings.
 */
export function loggingOptions(
  sink: LogSink = process.stderr,
): Pick<FastifyServerOptions, 'logger' | 'logController' | 'requestIdHeader'> {
  return {
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'trace' }),
    // An id from outside is not trusted: it could repeat, or carry something.
    requestIdHeader: false,
    logger: {
      level: process.env.KUOYOU_LOG_LEVEL ?? (process.stderr.isTTY ? 'warn' : 'info'),
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (level) => ({ level }) },
      hooks: { streamWrite: scrubLine },
      serializers: { err: errorFields, req: () => ({}), res: () => ({}) },
      stream: sink,
    },
  }
}

/** What may be said of an error: not its parameters, and nothing a driver attached (a row's values stand in `detail`). */
function errorFields(error: Error & { code?: string }): {
  type: string
  message: string
  stack: string
  code?: string
} {
  const { name, message, stack = '', code } = error
  return { type: name, message, stack, ...(code && { code }) }
}

/** 请求日志 — one line an answered request: method, route (not the address), status, milliseconds; and the trace id in the answer. */
export function logRequests(server: FastifyInstance): void {
  server.addHook('onRequest', async (request, reply) => {
    reply.header('x-trace-id', request.id)
  })
  server.addHook('onResponse', async (request, reply) => {
    const ms = Math.round(reply.elapsedTime)
    const route = request.routeOptions.url ?? '(none)'
    const level = reply.statusCode >= 500 ? 'error' : 'info'
    request.log[level]({ method: request.method, route, status: reply.statusCode, ms }, 'answered')
  })
}
