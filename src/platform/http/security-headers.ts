import { randomBytes } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

/** What nothing here ever asks a browser for. */
const permissions = [
  'accelerometer',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'microphone',
  'midi',
  'payment',
  'serial',
  'usb',
]
  .map((name) => `${name}=()`)
  .join(', ')

/** Two years; browsers then come by https or not at all. */
const transportSecurity = 'max-age=63072000'

/** Data and files are not documents: nothing in them is run, shown inside another page, or framed. */
const answerPolicy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

/**
 * 页面的内容策略 — everything comes from this platform; scripts only as files.
 *
 * Style elements carry the nonce of their response: the component library writes them.
 */
export function pagePolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'none'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** 一次性标记 — new for each page sent. */
export function newNonce(): string {
  return randomBytes(16).toString('base64')
}

/** 安全响应头 — on every answer, whatever it is: pages, data, downloads, refusals, faults. */
export function addSecurityHeaders(server: FastifyInstance): void {
  server.addHook('onSend', async (request, reply) => setSecurityHeaders(request, reply))
}

/** 设安全响应头 — keeps what the answer itself already says of its policy and how long it may be kept. */
export function setSecurityHeaders(request: FastifyRequest, reply: FastifyReply): void {
  reply.header('x-content-type-options', 'nosniff')
  reply.header('referrer-policy', 'same-origin')
  reply.header('x-frame-options', 'DENY')
  reply.header('permissions-policy', permissions)
  reply.header('cross-origin-opener-policy', 'same-origin')
  reply.header('cross-origin-resource-policy', 'same-origin')
  if (request.protocol === 'https') reply.header('strict-transport-security', transportSecurity)
  if (!reply.hasHeader('content-security-policy')) reply.header('content-security-policy', answerPolicy)
  if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
}
