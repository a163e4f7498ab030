import type { Readable } from 'node:stream'
import type { Static, TSchema } from 'typebox'
import type { Result } from '../../kernel/result.ts'
import type { Client } from '../access/client.ts'
import type { Policy } from '../access/policy.ts'
import type { Visitor } from '../access/visitor.ts'
import type { Scope } from '../db/scope.ts'
import type { TraceNotes } from './trace.ts'

/** 上传文件 — as received: its name and bytes, and the form's other fields. */
export interface Upload {
  readonly fileName: string
  readonly bytes: Buffer
  readonly fields: Readonly<Record<string, string>>
}

/** 下载文件 — an answer that is a file; `name` may be Chinese. */
export interface FileAnswer {
  readonly kind: 'file'
  readonly name: string
  readonly type: string
  readonly content: Buffer | Readable
}

/** 请求 — one validated request, who makes it and what the platform lends for answering it (`context`). */
export interface Call<P, Q, B, C> {
  readonly params: P
  readonly query: Q
  readonly body: B
  readonly visitor: Visitor
  readonly context: C
  readonly upload?: Upload
  /** The visitor's own counties, at a day or moment if asked. */
  scope(at?: { asOf?: string | undefined; knownAt?: string | undefined }): Scope
  readonly traceId: string
  /** Adds to the trace of this request whom or what it concerns. */
  note(notes: TraceNotes): void
  /** The browser it comes from. */
  readonly client: Client
  readonly sessionToken?: string
  /** Sets or clears the session cookie with the answer. */
  setSession(token: string | undefined): void
}

/** 接口 — one path of the API: schema → gate → rule → store → answer. A route without a policy does not type-check. */
export interface Route<C = never> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: `/api/${string}`
  /** Chinese, for the API page. */
  readonly summary: string
  readonly may: Policy
  readonly params?: TSchema
  readonly query?: TSchema
  readonly body?: TSchema
  /** Absent when the answer is a file. */
  readonly answer?: TSchema
  /** True when the body is a form with one file. */
  readonly upload?: true
  /** True where reading alone leaves a trace: personal data. Without a trace there is no answer. */
  readonly traced?: true
  /** True where the answer holds a secret, or somebody's personal data: it is never kept for a request sent again. */
  readonly secret?: true
  /** True for an act that enters nothing into the books of a day (it computes, searches, exports): it may be done while looking at a past one. */
  readonly anyDay?: true
  readonly handle: (call: Call<never, never, never, C>) => Promise<unknown>
}

type Shape<S extends TSchema | undefined> = S extends TSchema ? Static<S> : undefined

/** 声明接口 — types the handler by the schemas beside it. */
export function routeFor<C>() {
  return <
    P extends TSchema | undefined = undefined,
    Q extends TSchema | undefined = undefined,
    B extends TSchema | undefined = undefined,
    A extends TSchema | undefined = undefined,
  >(declared: {
    method: Route['method']
    path: Route['path']
    summary: string
    may: Policy
    params?: P
    query?: Q
    body?: B
    answer?: A
    upload?: true
    traced?: true
    secret?: true
    anyDay?: true
    handle: (
      call: Call<Shape<P>, Shape<Q>, Shape<B>, C>,
    ) => Promise<
      (A extends TSchema ? Static<A> | Result<Static<A>> : FileAnswer | Result<FileAnswer>) | NotFound
    >
  }): Route<C> => declared as unknown as Route<C>
}

/** 查无此项 — one answer for "not there" and "not yours". */
export const notFound = { kind: 'not-found' } as const
export type NotFound = typeof notFound
