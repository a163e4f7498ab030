import { randomUUID } from 'node:crypto'
import cookie from '@fastify/cookie'
import multipart from '@fastify/multipart'
import fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify'
import { clientOf, sessionTokenOf } from '../access/client.ts'
import { limitsOf } from '../access/limits-of.ts'
import type { Visitor } from '../access/visitor.ts'
import { limitedDatabase } from '../db/limited-database.ts'
import type { Database } from '../db/open-database.ts'
import type { loggingOptions } from '../watch/log.ts'
import { type Answer, answerOf, sendAnswer, sendError } from './answer.ts'
import { answerFault } from './answer-fault.ts'
import { fingerprintOf, isRequestKey, type RequestKey } from './answer-once.ts'
import { describeApi, type RoomNames } from './api-document.ts'
import { carryOut } from './carry-out.ts'
import { tagAnswers } from './entity-tag.ts'
import { flatObject } from './flat-object.ts'
import { fromElsewhere, passGate, stranger } from './gate.ts'
import { refuseUnknownHosts } from './known-host.ts'
import { knownAtOf } from './known-on.ts'
import { pastAct } from './past-act.ts'
import { limitRates, type RateGate, type RateLimits } from './rate-limits.ts'
import { receiveUpload, uploadLimit } from './receive-upload.ts'
import type { Call, FileAnswer, Route, Upload } from './route.ts'
import { addSecurityHeaders, setSecurityHeaders } from './security-headers.ts'
import { outcomeOf, type TraceNotes, type Tracing, untraced, worthTracing } from './trace.ts'
import { unwritableText } from './unwritable-text.ts'
import { validators } from './validators.ts'
import { whoAsks } from './who-asks.ts'

/** 服务选项 — the routes of all rooms, what their handlers are lent, and the database behind them. */
export interface ServeOptions<C extends { readonly db: Database }> {
  readonly routes: readonly Route<C>[]
  readonly context: C
  readonly version: string
  /** What the rooms are called in the API's description. */
  readonly rooms?: RoomNames
  /** The day read as of when a request names none; without it, today. */
  readonly asOf?: string | undefined
  readonly tracing?: Tracing
  /** Completes what a visitor's grants say by reference, such as the institutions of a unit. */
  readonly lookUp?: (visitor: Visitor) => Promise<Visitor>
  /** Addresses of the proxies whose word on the visitor's address and on https is taken; none when absent. */
  readonly trustProxy?: string | undefined
  /** How much one may ask; without them, any amount. */
  readonly rates?: RateLimits
  /** Names this platform is called by, besides those of the machine itself. */
  readonly hosts?: readonly string[]
  /** Answers addresses that belong to no route, such as those of pages. */
  readonly page?: ((request: FastifyRequest, reply: FastifyReply) => FastifyReply | undefined) | undefined
  /** Receives the full error behind a trace id; the visitor sees only the id. */
  readonly onFault: (traceId: string, error: unknown) => void
  /** How lines are logged; without it, not at all. */
  readonly logging?: ReturnType<typeof loggingOptions>
  /** Watches the server from its first request on: logs, metrics, readiness. */
  readonly watch?: (server: FastifyInstance) => void
}

/** 建服务 — an HTTP server over the rooms' routes, not yet listening. */
export async function buildServer<C extends { readonly db: Database }>(
  options: ServeOptions<C>,
): Promise<FastifyInstance> {
  const server = fastify({
    bodyLimit: uploadLimit,
    trustProxy: options.trustProxy ?? false,
    genReqId: () => randomUUID(),
    ...options.logging,
    // An address that cannot be read goes past every hook.
    frameworkErrors: (_error, request, reply) => {
      setSecurityHeaders(request, reply)
      return sendError(reply as FastifyReply, noSuchAddress)
    },
  })
  server.setValidatorCompiler(validators())
  await server.register(cookie)
  await server.register(multipart, { limits: { fileSize: uploadLimit, files: 1, fields: 20 } })
  options.watch?.(server)
  addSecurityHeaders(server)
  refuseUnknownHosts(server, options.hosts)
  const rates = await limitRates(server, options.rates)
  server.setNotFoundHandler(
    (request, reply) => options.page?.(request, reply) ?? sendError(reply, noSuchAddress),
  )
  server.setErrorHandler((error: FastifyError, request, reply) =>
    answerFault(error, reply, request.id, options.onFault),
  )
  await server.register(async (inner) => {
    tagAnswers(inner)
    describeApi(inner, options.routes, options.version, options.rooms)
    for (const route of options.routes) addRoute(inner, route, options, rates)
  })
  return server
}

const noSuchAddress = { kind: 'not-found', text: '没有这个地址。请从平台首页进入。' } as const

function addRoute<C extends { readonly db: Database }>(
  server: FastifyInstance,
  route: Route<C>,
  options: ServeOptions<C>,
  rates: RateGate,
): void {
  server.route({
    method: route.method,
    url: route.path.replaceAll(/\{(\w+)\}/g, ':$1'),
    schema: {
      summary: route.summary,
      ...(route.params && { params: route.params }),
      // What was not asked for is left out, so that no handler keeps or repeats it.
      ...(route.query && { querystring: { ...flatObject(route.query), additionalProperties: false } }),
      ...(route.body && { body: route.body }),
      ...(route.answer && { response: { 200: route.answer } }),
    },
    // Before the body is read: whatever it holds, it is not listened to.
    onRequest: async (request, reply) => {
      const text = route.method === 'GET' ? undefined : fromElsewhere(route, request)
      if (text === undefined) return
      ;(request as Known).visitor = await whoAsks(options.context.db.pool, request)
      return sendError(reply, { kind: 'denied', text })
    },
    preValidation: async (request, reply) => {
      const known = await whoAsks(options.context.db.pool, request)
      ;(request as Known).visitor = known
      if (await rates(request, reply, known?.account)) return reply
      const visitor = known && ((await options.lookUp?.(known)) ?? known)
      ;(request as Known).visitor = visitor
      const passed = passGate(route, reply, visitor)
      if (passed === reply) return reply
      ;(request as Known).visitor = passed as Visitor
      const refusal = pastAct(route, request.url, options.asOf)
      if (refusal) return sendError(reply, { kind: 'refusal', text: refusal.text, refusal })
    },
    preHandler: async (request, reply) => {
      if (knownAtOf(request.method, request.url) === 'malformed')
        return sendError(reply, { kind: 'problem', text: 'knownOn 不是一个日子。请写成 2025-03-01 的样子。' })
      const { params, query, body } = request
      const found = unwritableText({ params, query, body })
      if (found === undefined) return
      const text = `${found} 里有无法保存的字符（空字符或半个汉字编码），或数字太大、层次套得太深。请改正后重新提交。`
      return sendError(reply, { kind: 'problem', text })
    },
    // Before the answer leaves: whoever was turned away knows no sooner than the audit.
    onSend: async (request, reply, payload) => {
      await traceApart(route, request, reply, options)
      return payload
    },
    handler: (request, reply) => handle(route, request, reply, options),
  })
}

type Known = FastifyRequest & {
  visitor?: Visitor | undefined
  notes?: TraceNotes
  traced?: true
  whenDone?: readonly (() => void)[]
}

/** Reads are answered as they are; acts, and reads that leave a trace, run in one transaction with their trace. */
async function handle<C extends { readonly db: Database }>(
  route: Route<C>,
  request: Known,
  reply: FastifyReply,
  options: ServeOptions<C>,
): Promise<FastifyReply> {
  const { tracing = untraced, context } = options
  const visitor = request.visitor ?? stranger
  const limits = limitsOf(visitor)
  const upload = route.upload ? await receiveUpload(request) : undefined
  const work = (db: Database) =>
    route.handle(callOf(request, reply, visitor, { ...context, db }, options, upload) as never)
  const key = route.secret ? undefined : keyOf(request, visitor, upload)
  if (key === 'unusable') return sendError(reply, { kind: 'problem', text: unusableKey })
  if (route.method === 'GET' && !route.traced)
    return send(request, reply, answerOf(await work(limitedDatabase(context.db, limits))))
  const { answer, repeated } = await carryOut(context.db, {
    limits,
    ...(key && { key }),
    work,
    witness: async (client, status) => {
      await tracing.within(client, traceOf(route, request, status))
      request.traced = true
    },
  })
  if (repeated) reply.header('idempotency-replayed', 'true')
  return send(request, reply, answer)
}

function send({ whenDone = [] }: Known, reply: FastifyReply, answer: Answer | FileAnswer): FastifyReply {
  for (const set of whenDone) set()
  return sendAnswer(reply, answer)
}

const unusableKey = '请求编号（Idempotency-Key）只能用 1 到 255 个可见的英文字符。请换一个编号再提交。'

/** A stranger has no keys: theirs could be guessed by another stranger. */
function keyOf(
  request: FastifyRequest,
  visitor: Visitor,
  upload: Upload | undefined,
): RequestKey | 'unusable' | undefined {
  const key = request.headers['idempotency-key']
  if (key === undefined || visitor.account === '') return undefined
  if (typeof key !== 'string' || !isRequestKey(key)) return 'unusable'
  const body = upload ? [JSON.stringify(upload.fields), upload.bytes] : [JSON.stringify(request.body ?? null)]
  return {
    account: visitor.account,
    key,
    fingerprint: fingerprintOf([request.method, request.url, ...body]),
  }
}

function callOf<C>(
  request: Known,
  reply: FastifyReply,
  visitor: Visitor,
  context: C,
  { asOf }: { readonly asOf?: string | undefined },
  upload: Upload | undefined,
): Call<unknown, unknown, unknown, C> {
  const token = sessionTokenOf(request)
  const knownAt = knownAtOf(request.method, request.url)
  const client = clientOf(request, reply, (set) => {
    request.whenDone = [...(request.whenDone ?? []), set]
  })
  return {
    params: request.params,
    query: request.query,
    body: request.body,
    visitor,
    context,
    traceId: request.id,
    note: (notes) => {
      request.notes = { ...request.notes, ...notes }
    },
    ...(upload && { upload }),
    client,
    ...(token && { sessionToken: token }),
    scope: (at = {}) => ({
      ...limitsOf(visitor),
      ...((at.asOf ?? asOf) && { asOf: at.asOf ?? asOf }),
      ...((at.knownAt ?? knownAt) && { knownAt: at.knownAt ?? knownAt }),
    }),
    setSession: (value) => client.setCookie('session', value),
  }
}

function traceOf<C>(route: Route<C>, request: Known, status: number) {
  return {
    traceId: request.id,
    act: `${route.method} ${route.path}`,
    visitor: request.visitor ?? stranger,
    network: request.ip,
    outcome: outcomeOf(status),
    notes: notesOf(request),
  }
}

/** What a program did is told with the name of the token it came with. */
function notesOf({ notes = {}, visitor }: Known): TraceNotes {
  return visitor?.token ? { ...notes, facts: { ...notes.facts, token: visitor.token.name } } : notes
}

/** What ended without its own transaction: turned away, malformed, failed. */
async function traceApart<C extends { readonly db: Database }>(
  route: Route<C>,
  request: Known,
  reply: FastifyReply,
  { tracing = untraced, onFault }: ServeOptions<C>,
): Promise<void> {
  const status = reply.statusCode
  if (request.traced || !worthTracing(route.method, status, request.visitor?.account)) return
  await tracing.apart(traceOf(route, request, status)).catch((error) => onFault(request.id, error))
}
