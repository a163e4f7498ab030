import Type from 'typebox'
import { notFound } from '../../platform/http/route.ts'
import { type BooksRoute, bookDay, booksRoute } from '../../records/books.ts'
import { lookedAt } from '../../records/returns/looked-at.ts'
import { filingAccess } from './access.ts'
import { compareFilingOf } from './compare-filings.ts'
import { AsOfQuery, BoardQuery, CellQuery, FilingPath } from './contract.ts'
import {
  DoubtsShown,
  ExplanationBody,
  MarkBody,
  MarkPath,
  MarkShown,
  RemindBody,
  Reminded,
  RemindersShown,
  ResolutionBody,
} from './doubts-contract.ts'
import { explain, mark, resolve } from './follow-up.ts'
import { listDoubts } from './list-doubts.ts'
import { RemarksAnswer, RemarksBody, RemarksSaved } from './remarks-contract.ts'
import { remindOwing, showReminders } from './remind-owing.ts'
import { remarksOf, sayRemarks } from './say-remarks.ts'

/** 存疑接口 — explaining a doubt, asking about a cell, answering, and the list of all of it. */
const doubts: readonly BooksRoute[] = [
  booksRoute({
    method: 'PUT',
    path: '/api/filings/{filingId}/explanations',
    summary: '说明一处存疑：数据属实的原因；数据再改须重新说明',
    may: filingAccess.write,
    params: FilingPath,
    body: ExplanationBody,
    answer: Type.Object({ explained: Type.Literal(true) }),
    handle: async ({ context, visitor, params: { filingId }, body, scope }) => {
      const compared = await compareFilingOf(context, scope(), filingId)
      return context.db.transaction(scope({ asOf: bookDay(context.site) }), (tx) =>
        explain(tx, context, visitor, filingId, body, compared),
      )
    },
  }),
  booksRoute({
    method: 'POST',
    path: '/api/filings/{filingId}/marks',
    summary: '标记一个单元格待核，写明原因',
    may: filingAccess.write,
    params: FilingPath,
    body: MarkBody,
    answer: MarkShown,
    handle: ({ context: { db }, visitor, params: { filingId }, body, scope }) =>
      db.transaction(scope(), (tx) => mark(tx, visitor, filingId, body)),
  }),
  booksRoute({
    method: 'POST',
    path: '/api/filings/{filingId}/marks/{markId}/resolution',
    summary: '核结一处待核，写明核实结果',
    may: filingAccess.write,
    params: MarkPath,
    body: ResolutionBody,
    answer: MarkShown,
    handle: ({ context: { db }, visitor, params, body, scope }) =>
      db.transaction(scope(), (tx) => resolve(tx, visitor, params, body)),
  }),
  booksRoute({
    method: 'GET',
    path: '/api/filing-doubts',
    summary: '一张报表一期的存疑清单：待核的单元格和已说明的存疑',
    may: filingAccess.read,
    query: Type.Pick(BoardQuery, ['form', 'period', 'asOf']),
    answer: DoubtsShown,
    handle: async ({ context: { db, plan, site }, query: { form: formId, period, asOf }, scope }) => {
      const form = plan.forms.get(formId)
      const { moment } = lookedAt(site, asOf, scope().knownAt)
      return form ? db.transaction(scope(), (tx) => listDoubts(tx, plan, form, { period, moment })) : notFound
    },
  }),
]

/** 退回意见接口 — what is to be said of cells when the filing goes back, kept until then, and its past. */
const remarks: readonly BooksRoute[] = [
  booksRoute({
    method: 'PUT',
    path: '/api/filings/{filingId}/remarks',
    summary: '写若干单元格的退回意见，退回时一并送达；同事同时写的合并，空白即删去',
    may: filingAccess.write,
    params: FilingPath,
    body: RemarksBody,
    answer: RemarksSaved,
    handle: ({ context: { db }, visitor, params: { filingId }, body, scope }) =>
      db.transaction(scope(), (tx) => sayRemarks(tx, visitor, filingId, body)),
  }),
  booksRoute({
    method: 'GET',
    path: '/api/filings/{filingId}/remarks',
    summary: '一个单元格的退回意见沿革；填报单位看已送达的',
    may: filingAccess.read,
    params: FilingPath,
    query: CellQuery,
    answer: RemarksAnswer,
    handle: ({ context: { db }, visitor, params: { filingId }, query, scope }) =>
      db.transaction(scope(), (tx) => remarksOf(tx, visitor, filingId, query)),
  }),
]

/** 催报接口 — reminding whoever has not handed in, and what one was reminded of. */
const reminders: readonly BooksRoute[] = [
  booksRoute({
    method: 'POST',
    path: '/api/filing-reminders',
    summary: '催报：提醒还没有报的单位，同一单位一天一次',
    may: filingAccess.write,
    body: RemindBody,
    answer: Reminded,
    handle: async ({ context: { db, plan, site }, visitor, body, scope }) => {
      const today = bookDay(site)
      return db.transaction(scope({ asOf: today }), (tx) => remindOwing(tx, plan, visitor, body, today))
    },
  }),
  booksRoute({
    method: 'GET',
    path: '/api/filing-reminders',
    summary: '被催而还没有报的报表',
    may: filingAccess.read,
    query: AsOfQuery,
    answer: RemindersShown,
    handle: ({ context: { db, plan, site }, visitor, query, scope }) => {
      const looked = lookedAt(site, query.asOf, scope().knownAt)
      return db.transaction(scope({ asOf: looked.today }), (tx) => showReminders(tx, plan, visitor, looked))
    },
  }),
]

/** 存疑与催报接口 — what follows up a filing beside its own way through the offices. */
export const followUpRoutes: readonly BooksRoute[] = [...doubts, ...remarks, ...reminders]
