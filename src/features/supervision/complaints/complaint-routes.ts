import { anyone } from '../../../platform/access/policy.ts'
import { notFound } from '../../../platform/http/route.ts'
import { type BooksRoute, bookDay, booksRoute } from '../../../records/books.ts'
import { complaintAccess } from '../access.ts'
import {
  ComplaintBody,
  ComplaintForm,
  ComplaintList,
  ComplaintPath,
  ComplaintQuery,
  ComplaintShown,
  ComplaintStatus,
  ComplaintStepBody,
  ComplaintStepDone,
  ComplaintsQuery,
  Receipt,
  ReceiptBody,
} from '../complaint-contract.ts'
import { dayAsked } from '../day-asked.ts'
import { findViolation } from '../name-rule.ts'
import { askStatus } from './ask-status.ts'
import { complaintBoard } from './complaint-board.ts'
import { handIn } from './hand-in.ts'
import { handleComplaint, showComplaint } from './handle-complaint.ts'
import { leaveForStranger } from './leave-for-strangers.ts'

/** 公众接口 — handing in and asking, without signing in. */
const outside: readonly BooksRoute[] = [
  booksRoute({
    method: 'GET',
    path: '/api/complaint-form',
    summary: '填写投诉举报所需：县（市、区）和问题种类',
    may: anyone,
    answer: ComplaintForm,
    handle: async ({ context: { db, plan } }) => {
      const { rows } = await db.own.query<{ countyId: number; county: string }>(
        `select county_id as "countyId", name as county from registry.county where kind = 'county' order by county_id`,
      )
      const kinds = [...plan.violations.values()].flatMap(({ id, kinds: of }) =>
        of.map((kind) => ({ rule: `${id}.${kind.id}`, zh: kind.zh })),
      )
      return { counties: rows, kinds }
    },
  }),
  booksRoute({
    method: 'POST',
    path: '/api/complaint-form',
    summary: '提交投诉举报；回执号只告知这一次',
    may: anyone,
    body: ComplaintBody,
    answer: Receipt,
    secret: true,
    handle: async ({ context: { db, plan, vault, site }, body, client, note }) => {
      note({ counties: [body.countyId] })
      const { rule, ...rest } = body
      const known = rule !== undefined && findViolation(plan, rule) !== undefined
      return handIn(db.own, vault, client, { ...rest, ...(known && { rule }), receivedOn: bookDay(site) })
    },
  }),
  booksRoute({
    method: 'POST',
    path: '/api/complaint-status',
    summary: '凭回执号查投诉举报的办理情况',
    may: anyone,
    body: ReceiptBody,
    answer: ComplaintStatus,
    secret: true,
    handle: async ({ context: { db }, body, client }) =>
      (await leaveForStranger(db.own, 'ask', client)) ?? askStatus(db.own, body.receipt),
  }),
]

/** 办理接口 — the list without what was written, one opened, and its steps. */
const inside: readonly BooksRoute[] = [
  booksRoute({
    method: 'GET',
    path: '/api/complaints',
    summary: '投诉举报台账：不含投诉人和投诉内容',
    may: complaintAccess.read,
    query: ComplaintsQuery,
    answer: ComplaintList,
    handle: ({ context: { db, plan, site }, query, scope }) => {
      const day = dayAsked(site, query)
      return db.transaction(scope({ asOf: day }), (tx) => complaintBoard(tx, plan, query, day))
    },
  }),
  booksRoute({
    method: 'GET',
    path: '/api/complaints/{complaintId}',
    summary: '打开一件投诉举报；查看留痕',
    may: complaintAccess.handle,
    params: ComplaintPath,
    query: ComplaintQuery,
    answer: ComplaintShown,
    traced: true,
    secret: true,
    handle: async ({ context, visitor, params: { complaintId }, query, scope, note }) => {
      note({ object: { kind: 'complaint', id: String(complaintId) } })
      const day = dayAsked(context.site, query)
      const shown = await context.db.transaction(scope({ asOf: day }), (tx) =>
        showComplaint(tx, context, visitor, complaintId, day),
      )
      if (!shown) return notFound
      return day === bookDay(context.site) ? shown : { ...shown, mayDo: [] }
    },
  }),
  booksRoute({
    method: 'POST',
    path: '/api/complaints/{complaintId}/steps',
    summary: '办一步：受理、立项督办、不予立项、答复结果',
    may: complaintAccess.handle,
    params: ComplaintPath,
    body: ComplaintStepBody,
    answer: ComplaintStepDone,
    handle: ({ context: { db, plan, site }, visitor, params: { complaintId }, body, scope }) => {
      const today = bookDay(site)
      return db.transaction(scope({ asOf: today }), (tx) =>
        handleComplaint(tx, plan, visitor, complaintId, body, today),
      )
    },
  }),
]

export const complaintRoutes: readonly BooksRoute[] = [...outside, ...inside]
