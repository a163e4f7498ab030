import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'

/** 答复标记 — a weak `ETag` on every JSON answer that was read; the same answer asked for again by its tag comes back empty, as 304. */
export function tagAnswers(server: FastifyInstance): void {
  server.addHook('onSend', async (request, reply, payload) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return payload
    if (reply.statusCode !== 200 || typeof payload !== 'string') return payload
    const tag = `W/"${createHash('sha256').update(payload).digest('base64url').slice(0, 27)}"`
    reply.header('etag', tag)
    if (!names(request.headers['if-none-match'], tag)) return payload
    reply.code(304).removeHeader('content-type').removeHeader('content-length')
    return null
  })
}

function names(asked: string | undefined, tag: string): boolean {
  if (asked === undefined) return false
  const opaque = (each: string) => each.trim().replace(/^W\//, '')
  return asked.trim() === '*' || asked.split(',').some((each) => opaque(each) === opaque(tag))
}
