import { randomUUID } from 'node:crypto'
import cookie from '@fastify/cookie'
import multipart from '@fastify/multipart'
import fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify'
import type pg from 'pg'
import { visitorOf } from '../access/session.ts'
import type { Visitor } from '../access/visitor.ts'
import { sendAnswer, sendError } from './answer.ts'
import { describeApi } from './api-document.ts'
import type { Call, Route, Upload } from './route.ts'
import { schemaProblems } from './schema-problem.ts'

const sessionCookie = 'kuoyou_session'
const uploadLimit = 20 * 1024 * 1024

/** 服务选项 — the routes of all rooms, what their handlers are lent, and where sessions are kept. */
export interface ServeOptions<C> {
  readonly routes: readonly Route<C>[]
  readonly context: C
  readonly pool: pg.Pool
  readonly version: string
  /** The day read as of when a request names none; without it, today. */
  readonly asOf?: string | undefined
  /** Receives the full error behind a trace id; the visitor sees only the id. */
  readonly onFault: (traceId: string, error: unknown) => void
}

/** 建服务 — an HTTP server over the rooms' routes, not yet listening. */
export async function buildServer<C>(options: ServeOptions<C>): Promise<FastifyInstance> {
  const server = fastify({
    bodyLimit: uploadLimit,
    trustProxy: false,
    ajv: { customOptions: { coerceTypes: 'array', allErrors: true } },
  })
  await server.register(cookie)
  await server.register(multipart, { limits: { fileSize: uploadLimit, files: 1, fields: 20 } })
  await describeApi(server, options.version)
  server.addHook('onSend', async (_request, reply) => {
    reply.header('x-content-type-options', 'nosniff')
    reply.header('referrer-policy', 'same-origin')
    reply.header('x-frame-options', 'DENY')
  })
  server.setErrorHandler((error: FastifyError, _request, reply) => answerError(error, reply, options.onFault))
  // A plugin of its own, so that the API document's hook is in place before the first route.
  await server.register(async (inner) => {
    for (const route of options.routes) addRoute(inner, route, options)
  })
  return server
}

function addRoute<C>(server: FastifyInstance, route: Route<C>, options: ServeOptions<C>): void {
  server.route({
    method: route.method,
    url: route.path.replaceAll(/\{(\w+)\}/g, ':$1'),
    schema: {
      summary: route.summary,
      ...(route.params && { params: route.params }),
      ...(route.query && { querystring: route.query }),
      ...(route.body && { body: route.body }),
      ...(route.answer && { response: { 200: route.answer } }),
    },
    // The gate stands before validation: a stranger learns nothing from the shape of an error.
    preValidation: async (request, reply) => {
      const visitor = await visitorFrom(request, options.pool)
      if (!route.may.allows(visitor)) return turnAway(reply, visitor, route.may.zh)
      if (route.method !== 'GET' && !sameSite(request))
        return sendError(reply, { kind: 'denied', text: '请求来自别的网站，未予办理。请从本平台页面操作。' })
      ;(request as Known).visitor = visitor
    },
    handler: async (request, reply) =>
      sendAnswer(reply, await route.handle((await callOf(request, reply, route, options)) as never)),
  })
}

type Known = FastifyRequest & { visitor?: Visitor | undefined }

const stranger: Visitor = { account: '', name: '未登录', role: '', counties: [] }

async function callOf<C>(
  request: Known,
  reply: FastifyReply,
  route: Route<C>,
  options: ServeOptions<C>,
): Promise<Call<unknown, unknown, unknown, C>> {
  const visitor = request.visitor ?? stranger
  const upload = route.upload ? await uploadOf(request) : undefined
  return {
    params: request.params,
    query: request.query,
    body: request.body,
    visitor,
    context: options.context,
    ...(upload && { upload }),
    ...(request.cookies[sessionCookie] && { sessionToken: request.cookies[sessionCookie] }),
    scope: (at = {}) => ({
      counties: visitor.counties,
      ...((at.asOf ?? options.asOf) && { asOf: at.asOf ?? options.asOf }),
      ...(at.knownAt && { knownAt: at.knownAt }),
    }),
    setSession: (token) => {
      if (token) reply.setCookie(sessionCookie, token, { path: '/', httpOnly: true, sameSite: 'strict' })
      else reply.clearCookie(sessionCookie, { path: '/' })
    },
  }
}

async function visitorFrom(request: FastifyRequest, pool: pg.Pool): Promise<Visitor | undefined> {
  const token = request.cookies[sessionCookie]
  return token ? visitorOf(pool, token) : undefined
}

function turnAway(reply: FastifyReply, visitor: Visitor | undefined, zh: string): FastifyReply {
  if (visitor) return sendError(reply, { kind: 'denied', text: `您的角色不能使用这项功能：${zh}。` })
  return sendError(reply, { kind: 'denied', text: '请先登录。' }, 401)
}

function sameSite(request: FastifyRequest): boolean {
  const origin = request.headers.origin
  return origin === undefined || new URL(origin).host === request.headers.host
}

async function uploadOf(request: FastifyRequest): Promise<Upload | undefined> {
  if (!request.isMultipart()) return undefined
  const fields: Record<string, string> = {}
  let file: { fileName: string; bytes: Buffer } | undefined
  for await (const part of request.parts()) {
    if (part.type === 'file') file = { fileName: part.filename, bytes: await part.toBuffer() }
    else fields[part.fieldname] = String(part.value)
  }
  return file && { ...file, fields }
}

function answerError(
  error: FastifyError,
  reply: FastifyReply,
  onFault: ServeOptions<never>['onFault'],
): FastifyReply {
  if (error.validation) {
    const problems = schemaProblems(error)
    return sendError(reply, {
      kind: 'problem',
      text: `请求有 ${problems.length} 处填写问题：${problems.map((each) => `${each.path} ${each.text}`).join(' ')}`,
      problems,
    })
  }
  if (error.code === 'FST_REQ_FILE_TOO_LARGE') {
    return sendError(
      reply,
      {
        kind: 'problem',
        text: `文件超过 ${uploadLimit / 1024 / 1024} MB。请拆成几个文件，或删去与数据无关的图片和工作表后再传。`,
      },
      413,
    )
  }
  if (error.statusCode && error.statusCode < 500) {
    return sendError(
      reply,
      { kind: 'problem', text: '请求的格式无法识别。请从本平台页面操作，或对照接口说明检查。' },
      error.statusCode,
    )
  }
  const traceId = randomUUID()
  onFault(traceId, error)
  return sendError(reply, {
    kind: 'fault',
    text: `平台出错，您的数据没有改动。请稍后再试；若仍不行，请把编号 ${traceId.slice(0, 8)} 告诉管理员。`,
    traceId,
  })
}
