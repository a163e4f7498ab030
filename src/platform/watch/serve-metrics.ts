import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { sendError } from '../http/answer.ts'
import type { Metrics } from './metrics.ts'

/**
 * 度量接口 — `/metrics` for Prometheus: to a caller on this machine itself, or one who shows the token.
 *
 * A request that a proxy passed on is not from this machine, although its connection is. Everyone else is told that
 * there is nothing here.
 */
export function serveMetrics(server: FastifyInstance, metrics: Metrics, token?: string): void {
  server.get('/metrics', async (request, reply) => {
    if (!mayLook(request, token))
      return sendError(reply, { kind: 'not-found', text: '没有这个地址。请从平台首页进入。' })
    return reply.header('content-type', metrics.contentType).send(await metrics.metrics())
  })
}

function mayLook(request: FastifyRequest, token: string | undefined): boolean {
  const shown = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]
  if (token && shown && sameText(token, shown)) return true
  const passedOn = ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via'].some(
    (name) => name in request.headers,
  )
  return !passedOn && isLoopback(request.socket.remoteAddress ?? '')
}

function isLoopback(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127\./.test(address)
}

function sameText(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(one), digest(other))
}
