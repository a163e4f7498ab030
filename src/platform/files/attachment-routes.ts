import Type from 'typebox'
import { type Result, refused } from '../../kernel/result.ts'
import type { Policy } from '../access/policy.ts'
import type { Visitor } from '../access/visitor.ts'
import type { Database } from '../db/open-database.ts'
import type { Tx } from '../db/transaction-client.ts'
import { type Call, type NotFound, notFound, type Route, routeFor } from '../http/route.ts'
import {
  attachFile,
  listAttachments,
  openAttachment,
  removeAttachment,
  type Thing,
  writeAttachment,
} from './attachments.ts'
import { fileAnswer } from './file-answer.ts'
import type { Files } from './file-store.ts'
import type { MediaKind } from './sniff-media-type.ts'

interface Lent {
  readonly db: Database
  readonly files: Files
}

const Nullable = <S extends Type.TSchema>(shape: S) => Type.Union([shape, Type.Null()])
const Shape = Type.Object({
  attachmentId: Type.String(),
  name: Type.String(),
  mediaType: Type.String(),
  bytes: Type.Integer(),
  sha256: Type.String(),
  addedName: Type.String(),
  addedAt: Type.String(),
  removedName: Nullable(Type.String()),
  removedAt: Nullable(Type.String()),
  reason: Nullable(Type.String()),
})

/** 附件的规矩 — of one room's things: where they are reached, who may, what is taken, whose each is. */
export interface AttachmentRules<C extends Lent> {
  /** Of the thing, with its number as the last parameter: `/api/supervision/findings/{findingId}`. */
  readonly path: `/api/${string}/{${string}}`
  /** What they are called, in Chinese: 整改佐证. */
  readonly zh: string
  readonly id: Type.TSchema
  readonly read: Policy
  readonly keep: Policy
  readonly accepts: readonly MediaKind[]
  /** True where they hold personal data: sealed, opened for one of these purposes only, every opening on record or refused. */
  readonly personal?: {
    readonly purposes: readonly string[]
    readonly opened: (
      tx: Tx,
      visitor: Visitor,
      look: { readonly thing: Thing; readonly purpose: string },
    ) => Promise<Result<unknown>>
  }
  /** Whose the thing is; undefined when it is not there or not in sight. */
  readonly find: (tx: Tx, context: C, id: string) => Promise<Thing | undefined>
}

/** 附件接口 — list, add, open and remove, for the things of a room: what a room adds to its own routes. */
export function attachmentRoutes<C extends Lent>(rules: AttachmentRules<C>): readonly Route<C>[] {
  const way = wayTo(rules)
  return [listing(way), adding(way), opening(way), removing(way)]
}

/** 途径 — what the four routes of one kind of thing share. */
interface Way<C extends Lent> extends AttachmentRules<C> {
  readonly path: AttachmentRules<C>['path']
  readonly list: `/api/${string}`
  readonly params: Type.TSchema
  readonly one: Type.TSchema
  readonly traced: { readonly traced?: true }
  /** Runs the work on the thing that was asked for, within the visitor's scope. */
  readonly on: <A>(call: Asked<C>, work: (tx: Tx, thing: Thing) => Promise<A>) => Promise<A | NotFound>
}

type Asked<C> = Pick<Call<unknown, unknown, unknown, C>, 'context' | 'params' | 'scope' | 'note'>

function wayTo<C extends Lent>(rules: AttachmentRules<C>): Way<C> {
  const [, param = ''] = /\{(\w+)\}$/.exec(rules.path) ?? []
  return {
    ...rules,
    list: `${rules.path}/attachments`,
    params: Type.Object({ [param]: rules.id }),
    one: Type.Object({ [param]: rules.id, attachmentId: Type.String({ format: 'uuid' }) }),
    traced: rules.personal ? { traced: true } : {},
    on: ({ context, params, scope, note }, work) =>
      context.db.transaction(scope(), async (tx) => {
        const id = String((params as Readonly<Record<string, unknown>>)[param])
        const thing = await rules.find(tx, context, id)
        if (!thing) return notFound
        note({ counties: [thing.countyId], object: { kind: thing.kind, id: thing.id } })
        return work(tx, thing)
      }),
  }
}

const attachmentIdOf = (params: unknown) => (params as { readonly attachmentId: string }).attachmentId

function listing<C extends Lent>({ list, zh, read, params, on, traced }: Way<C>): Route<C> {
  return routeFor<C>()({
    method: 'GET',
    path: list,
    summary: `${zh}：列表，移除的也在`,
    may: read,
    // A file's name may hold the person's.
    ...traced,
    params,
    answer: Type.Array(Shape),
    handle: (call) => on(call, (tx, thing) => listAttachments(tx, thing)),
  })
}

function adding<C extends Lent>({ list, zh, keep, params, on, traced, accepts, personal }: Way<C>): Route<C> {
  return routeFor<C>()({
    method: 'POST',
    path: list,
    summary: `${zh}：添加一份（表单：文件），按内容核验`,
    may: keep,
    ...traced,
    params,
    upload: true,
    answer: Shape,
    handle: async (call) => {
      const { context, upload, visitor: by } = call
      const rules = { accepts, personal: personal !== undefined, by }
      const written = upload ? await writeAttachment(context.files, upload, rules) : noFile
      // Also what is refused is noted with the thing it was meant for; whoever does not see the thing learns no more.
      return on(call, async (tx, thing) =>
        written.ok ? attachFile(tx, context.files, thing, written.value) : written,
      )
    },
  })
}

function opening<C extends Lent>({ list, zh, read, one, on, traced, personal }: Way<C>): Route<C> {
  return routeFor<C>()({
    method: 'GET',
    path: `${list}/{attachmentId}`,
    summary: `${zh}：下载一份${personal ? '，须选事由，留记录' : ''}`,
    may: read,
    ...traced,
    params: one,
    query: personal ? Type.Object({ purpose: Type.Enum([...personal.purposes]) }) : Type.Object({}),
    handle: (call) =>
      on(call, async (tx, thing) => {
        const attachmentId = attachmentIdOf(call.params)
        const opened = await openAttachment(tx, call.context.files, thing, attachmentId)
        if (!opened) return notFound
        const { purpose } = call.query as { readonly purpose?: string }
        call.note({ facts: { attachmentId }, ...(purpose && { purpose }) })
        const may = opened.ok && purpose && (await personal?.opened(tx, call.visitor, { thing, purpose }))
        if (may && !may.ok) return may
        return opened.ok ? fileAnswer(opened.value) : opened
      }),
  })
}

function removing<C extends Lent>({ list, zh, keep, one, on, traced }: Way<C>): Route<C> {
  return routeFor<C>()({
    method: 'POST',
    path: `${list}/{attachmentId}/removal`,
    summary: `${zh}：移除一份，写明理由；内容删除，记录留下`,
    may: keep,
    ...traced,
    params: one,
    body: Type.Object({ reason: Type.String({ minLength: 2, maxLength: 200, pattern: '\\S' }) }),
    answer: Type.Object({ removed: Type.Literal(true) }),
    handle: (call) =>
      on(call, async (tx, thing) => {
        const attachmentId = attachmentIdOf(call.params)
        call.note({ facts: { attachmentId } })
        const { visitor: by, body } = call
        const removed = await removeAttachment(tx, thing, attachmentId, { by, reason: body.reason })
        return removed ? { removed: true as const } : notFound
      }),
  })
}

const noFile = refused({
  code: 'file.none',
  text: '没有收到文件—表单里要有一个文件—请选好文件再上传。',
})
