import type { FastifyReply } from 'fastify'
import type { Problem } from '../../kernel/problem.ts'
import type { Refusal } from '../../kernel/result.ts'
import { scrubValue } from '../watch/scrub.ts'
import type { FileAnswer } from './route.ts'

/** 出错答复 — the body of every answer that is not a success. */
export interface ErrorAnswer {
  readonly kind: 'problem' | 'refusal' | 'denied' | 'not-found' | 'too-many' | 'fault' | 'unavailable'
  readonly text: string
  readonly problems?: readonly Problem[]
  readonly refusal?: Refusal
  readonly traceId?: string
}

/** 答复 — a status and a body, before either is sent. */
export interface Answer {
  readonly status: number
  readonly body: unknown
  readonly retryAfterSeconds?: number
}

/** Refusals that are the server's own want: whoever asks by program must know it apart from a rule that says no. */
const statusOfRefusal: Readonly<Record<string, number>> = {
  'file.too-large': 413,
  'file.in-quarantine': 503,
  'file.storage-full': 507,
}

const statusOf = {
  problem: 400,
  denied: 403,
  'not-found': 404,
  refusal: 422,
  'too-many': 429,
  fault: 500,
  unavailable: 503,
} as const

/** 出错答复的类型 — RFC 9457's; its members are `ErrorAnswer`'s, for all of the RFC's own may be left out. */
export const problemType = 'application/problem+json'

/** 答复出错 — the one place that maps a kind of error to HTTP. */
export function sendError(reply: FastifyReply, error: ErrorAnswer, status?: number): FastifyReply {
  return reply
    .code(status ?? statusOf[error.kind])
    .type(problemType)
    .send(withoutNumbers(error))
}

/** 成为答复 — what a handler returned as an answer: a value, a refusal, a file, or nothing found. */
export function answerOf(value: unknown): Answer | FileAnswer {
  if (isFile(value)) return value
  if (isKind(value, 'not-found'))
    return errorAnswer({
      kind: 'not-found',
      text: '没有找到，或不在您的管辖范围内。请核对编号，或换一个单位再查。',
    })
  if (isResult(value)) {
    return value.ok ? answerOf(value.value) : refusalAnswer(value.refusal)
  }
  return { status: 200, body: value ?? null }
}

/** What was wrong is said without anybody's identity or telephone number, also where the asker wrote it. */
function withoutNumbers(error: ErrorAnswer): ErrorAnswer {
  const { kind, traceId, ...told } = error
  return { kind, ...(scrubValue(told) as Omit<ErrorAnswer, 'kind'>), ...(traceId && { traceId }) }
}

function errorAnswer(error: ErrorAnswer): Answer {
  return { status: statusOf[error.kind], body: withoutNumbers(error) }
}

function refusalAnswer(refusal: Refusal): Answer {
  const { text, conflict, retryAfterSeconds } = refusal
  if (retryAfterSeconds !== undefined)
    return { ...errorAnswer({ kind: 'too-many', text, refusal }), retryAfterSeconds }
  const answer = errorAnswer({ kind: 'refusal', text, refusal })
  return { ...answer, status: conflict ? 409 : (statusOfRefusal[refusal.code] ?? answer.status) }
}

/** 送出答复. */
export function sendAnswer(reply: FastifyReply, answer: Answer | FileAnswer): FastifyReply {
  if (!isFile(answer)) {
    if (answer.retryAfterSeconds !== undefined) reply.header('retry-after', String(answer.retryAfterSeconds))
    if (answer.status >= 400) reply.type(problemType)
    return reply.code(answer.status).send(answer.body)
  }
  return reply
    .header('content-type', answer.type)
    .header('content-disposition', `attachment; filename*=UTF-8''${encodedName(answer.name)}`)
    .send(answer.content)
}

/** RFC 8187 lets fewer signs stand than an address does. */
function encodedName(name: string): string {
  return encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

function isKind(value: unknown, kind: string): boolean {
  return typeof value === 'object' && value !== null && (value as { kind?: unknown }).kind === kind
}

/** 是否文件. */
export function isFile(value: unknown): value is FileAnswer {
  return isKind(value, 'file')
}

function isResult(value: unknown): value is { ok: true; value: unknown } | { ok: false; refusal: Refusal } {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as { ok?: unknown }).ok === 'boolean' &&
    ('value' in value || 'refusal' in value)
  )
}
