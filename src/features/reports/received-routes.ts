import Type from 'typebox'
import { granted, type Result, refused } from '../../kernel/result.ts'
import type { Plan } from '../../plan/index.ts'
import { actsAllowed, anyone } from '../../platform/access/policy.ts'
import type { Visitor } from '../../platform/access/visitor.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { type NotFound, notFound } from '../../platform/http/route.ts'
import { type BooksRoute, booksRoute } from '../../records/books.ts'
import {
  type CopyHead,
  findCopy,
  findNotice,
  listCopies,
  listNotices,
  signForCopy,
} from '../../records/papers/paper-copy.ts'
import { paperAccess } from './access.ts'
import { type DocumentShown, PaperPath } from './document-contract.ts'
import { paperFile } from './paper-file.ts'
import {
  CopyFileQuery,
  type CopyHeads,
  CopyPath,
  CopyShown,
  NoticeBoard,
  NoticeShown,
} from './received-contract.ts'

/** 本县来文 — the papers that came to counties this visitor signs for. */
export async function receivedBy(
  tx: Tx,
  plan: Plan,
  visitor: Visitor,
  until: string | undefined,
): Promise<CopyHeads> {
  return (await listCopies(tx, until))
    .filter(({ countyId }) => isTheirs(visitor, countyId))
    .map((copy) => copyHead(plan, copy))
}

/** 来文接口 — what the city issued to a county: read and signed for there, and by no other. */
const received: readonly BooksRoute[] = [
  booksRoute({
    method: 'GET',
    path: '/api/received-papers/{countyId}/{paperId}',
    summary: '一份来文：正文、字号和签收情况',
    may: paperAccess.receive,
    params: CopyPath,
    answer: CopyShown,
    handle: ({ context: { db, plan }, visitor, params, scope }) =>
      db.transaction(scope(), async (tx) => {
        const copy = await theirs(tx, visitor, params)
        if (!copy) return notFound
        const maySign = copy.receivedAt === null && copy.voidedOn === null
        return { ...copyHead(plan, copy), document: shownDocument(copy), maySign }
      }),
  }),
  booksRoute({
    method: 'GET',
    path: '/api/received-papers/{countyId}/{paperId}/file',
    summary: '来文文件：Word 文档或表格工作簿',
    may: paperAccess.receive,
    params: CopyPath,
    query: CopyFileQuery,
    handle: async ({ context, visitor, params, query: { format }, scope }) => {
      const copy = await context.db.transaction(scope(), (tx) => theirs(tx, visitor, params))
      return copy ? paperFile(context, copy, format) : notFound
    },
  }),
  booksRoute({
    method: 'POST',
    path: '/api/received-papers/{countyId}/{paperId}/receipt',
    summary: '签收来文，一份一次',
    may: paperAccess.receive,
    params: CopyPath,
    answer: Type.Object({ received: Type.Literal(true) }),
    handle: ({ context: { db }, visitor, params, scope }) =>
      db.transaction(scope(), (tx) => sign(tx, visitor, params)),
  }),
]

async function sign(
  tx: Tx,
  visitor: Visitor,
  place: { readonly countyId: number; readonly paperId: number },
): Promise<Result<{ received: true }> | NotFound> {
  const copy = await theirs(tx, visitor, place)
  if (!copy) return notFound
  if (await signForCopy(tx, copy, visitor)) return granted({ received: true as const })
  if (copy.voidedOn !== null)
    return refused({
      code: 'paper.void-copy',
      text: `${copy.docNumber}已于 ${copy.voidedOn} 作废—${copy.voidReason}—不用签收，请刷新。`,
    })
  return refused({
    code: 'paper.received-already',
    text: `${copy.docNumber}已经由${copy.receivedBy ?? '同事'}签收—一份来文只签收一次—不用再办，请刷新。`,
  })
}

const isTheirs = (visitor: Visitor, countyId: number) =>
  actsAllowed(paperAccess, visitor, { counties: [countyId] }).includes('receive')

async function theirs(tx: Tx, visitor: Visitor, place: { countyId: number; paperId: number }) {
  return isTheirs(visitor, place.countyId) ? findCopy(tx, place.countyId, place.paperId) : undefined
}

/** 公示接口 — public notices, for whoever comes. */
const notices: readonly BooksRoute[] = [
  booksRoute({
    method: 'GET',
    path: '/api/public-notices',
    summary: '公示一览：已印发的公示，不用登录',
    may: anyone,
    answer: NoticeBoard,
    handle: ({ context: { db, plan } }) =>
      db.transaction(nobody, async (tx) => (await listNotices(tx)).map((notice) => noticeHead(plan, notice))),
  }),
  booksRoute({
    method: 'GET',
    path: '/api/public-notices/{paperId}',
    summary: '一份公示的正文，不用登录',
    may: anyone,
    params: PaperPath,
    answer: NoticeShown,
    handle: ({ context: { db, plan }, params: { paperId } }) =>
      db.transaction(nobody, async (tx) => {
        const notice = await findNotice(tx, paperId)
        return notice ? { ...noticeHead(plan, notice), document: shownDocument(notice) } : notFound
      }),
  }),
  booksRoute({
    method: 'GET',
    path: '/api/public-notices/{paperId}/file',
    summary: '公示文件：Word 文档或表格工作簿，不用登录',
    may: anyone,
    params: PaperPath,
    query: CopyFileQuery,
    handle: async ({ context, params: { paperId }, query: { format } }) => {
      const notice = await context.db.transaction(nobody, (tx) => findNotice(tx, paperId))
      return notice ? paperFile(context, notice, format) : notFound
    },
  }),
]

/** Whoever is not signed in sees no county. */
const nobody = { counties: [] }

function noticeHead(plan: Plan, copy: CopyHead) {
  const { paperId, template, title, docNumber, issuedOn, voidedOn, voidReason } = copy
  const zh = plan.templates.get(template)?.zh ?? template
  return { paperId, zh, title, docNumber, issuedOn, voidedOn, voidReason }
}

function copyHead(plan: Plan, copy: CopyHead) {
  const { countyId, receivedAt, receivedBy } = copy
  return { ...noticeHead(plan, copy), countyId, receivedAt, receivedBy }
}

const shownDocument = ({ document }: { readonly document: unknown }) => document as DocumentShown

/** 来文与公示接口. */
export const receivedRoutes: readonly BooksRoute[] = [...received, ...notices]
