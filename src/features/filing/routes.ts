import { attachmentRoutes } from '../../platform/files/attachment-routes.ts'
import { notFound } from '../../platform/http/route.ts'
import { type Books, type BooksRoute, bookDay, booksRoute } from '../../records/books.ts'
import { findFiling } from '../../records/returns/find-filings.ts'
import { lookedAt } from '../../records/returns/looked-at.ts'
import { listChanges } from '../../records/returns/read-answers.ts'
import { findPeriod } from '../../records/returns/return-period.ts'
import { filingAccess } from './access.ts'
import { compareFilingOf } from './compare-filings.ts'
import {
  AnswersBody,
  AnswersSaved,
  AsOfQuery,
  BoardQuery,
  CellQuery,
  ChangesAnswer,
  FilingBoard,
  FilingPath,
  FilingShown,
  FormBoard,
  OpenBody,
  Opened,
  StepBody,
  StepDone,
} from './contract.ts'
import { doStep } from './do-step.ts'
import { FormFigures } from './figures-contract.ts'
import { filingBoard, formBoard } from './form-board.ts'
import { formFigures } from './form-figures.ts'
import { LoadMeter, LoadQuery } from './load-contract.ts'
import { loadMeter } from './load-meter.ts'
import { openOwed } from './open-owed.ts'
import { saveAnswers } from './save-answers.ts'
import { showFiling } from './show-filing.ts'

/** 查看接口 — which forms are owed, who has handed in, one filing and the past of its cells. */
const readings: readonly BooksRoute[] = [
  booksRoute({
    method: 'GET',
    path: '/api/forms',
    summary: '报表总览：各报表本期和上期的应报、已报、退回、通过和迟报',
    may: filingAccess.read,
    query: AsOfQuery,
    answer: FormBoard,
    handle: ({ context: { db, plan, site }, visitor, query, scope }) => {
      const looked = lookedAt(site, query.asOf, scope().knownAt)
      return db.transaction(scope({ asOf: looked.today }), (tx) => formBoard(tx, plan, visitor, looked))
    },
  }),
  booksRoute({
    method: 'GET',
    path: '/api/filing-load',
    summary: '填报负担：一学年各类机构应报份数、项数、已有数据的占比和估算用时；填报单位看本单位',
    may: filingAccess.read,
    query: LoadQuery,
    answer: LoadMeter,
    handle: ({ context: { db, plan, site }, visitor, query, scope }) => {
      const looked = lookedAt(site, query.asOf, scope().knownAt)
      return db.transaction(scope({ asOf: looked.today }), (tx) => loadMeter(tx, plan, visitor, looked))
    },
  }),
  booksRoute({
    method: 'GET',
    path: '/api/filings',
    summary: '一张报表一期的填报名单：谁没有报、谁被退回、谁迟报；台账的各条记录',
    may: filingAccess.read,
    query: BoardQuery,
    answer: FilingBoard,
    handle: async ({ context: { db, plan, site }, visitor, query, scope }) => {
      const looked = lookedAt(site, query.asOf, scope().knownAt)
      const form = plan.forms.get(query.form)
      const period = form && query.period && findPeriod(form, query.period, looked.today)
      if (!form || (!period && form.rhythm.kind !== 'event')) return notFound
      return db.transaction(scope({ asOf: looked.today }), (tx) =>
        filingBoard(tx, form, period || undefined, { visitor, ...query }, looked),
      )
    },
  }),
  booksRoute({
    method: 'GET',
    path: '/api/filings/{filingId}',
    summary: '一份填报单：表式、填报值、已有数据、核验结果、办理记录和可办步骤',
    may: filingAccess.read,
    params: FilingPath,
    query: AsOfQuery,
    answer: FilingShown,
    handle: async ({ context, visitor, params: { filingId }, query, scope }) => {
      const { db, plan, site } = context
      const looked = lookedAt(site, query.asOf, scope().knownAt)
      // With other filings it is compared as they stand now.
      const compared = looked.moment ? [] : await compareFilingOf(context, scope(), filingId)
      const shown = await db.transaction(scope({ asOf: looked.today }), (tx) =>
        showFiling(tx, plan, visitor, filingId, looked, compared),
      )
      return shown ?? notFound
    },
  }),
  booksRoute({
    method: 'GET',
    path: '/api/filings/{filingId}/figures',
    summary: '审核通过的填报算出的指标：本表在这一县这一学年',
    may: filingAccess.read,
    params: FilingPath,
    answer: FormFigures,
    handle: async ({ context, visitor, params: { filingId }, scope }) =>
      (await formFigures(context, visitor, scope({ asOf: bookDay(context.site) }), filingId)) ?? notFound,
  }),
  booksRoute({
    method: 'GET',
    path: '/api/filings/{filingId}/changes',
    summary: '一个单元格的修改沿革',
    may: filingAccess.read,
    params: FilingPath,
    query: CellQuery,
    answer: ChangesAnswer,
    handle: ({ context: { db }, params: { filingId }, query: { line, field }, scope }) =>
      db.transaction(scope(), async (tx) => {
        const found = await findFiling(tx, filingId)
        return found ? listChanges(tx, found.filing, line, field) : notFound
      }),
  }),
]

/** 办理接口 — opening a filing, writing its cells, moving it through the offices. */
const doings: readonly BooksRoute[] = [
  booksRoute({
    method: 'POST',
    path: '/api/filings',
    summary: '打开一份填报单；还没有的新建',
    may: filingAccess.write,
    body: OpenBody,
    answer: Opened,
    handle: ({ context: { db, plan, site }, visitor, body, scope }) => {
      const today = bookDay(site)
      return db.transaction(scope({ asOf: today }), (tx) => openOwed(tx, plan, visitor, body, today))
    },
  }),
  booksRoute({
    method: 'PUT',
    path: '/api/filings/{filingId}/answers',
    summary: '保存若干单元格；别人改过的不覆盖，写法不对的退回原因',
    may: filingAccess.write,
    params: FilingPath,
    body: AnswersBody,
    answer: AnswersSaved,
    handle: ({ context: { db, plan, site }, visitor, params: { filingId }, body, scope }) => {
      const today = bookDay(site)
      return db.transaction(scope({ asOf: today }), (tx) =>
        saveAnswers(tx, plan, visitor, filingId, body, today),
      )
    },
  }),
  booksRoute({
    method: 'POST',
    path: '/api/filings/{filingId}/steps',
    summary: '提交、撤回、受理、审核通过、退回或解锁',
    may: filingAccess.write,
    params: FilingPath,
    body: StepBody,
    answer: StepDone,
    handle: async ({ context, visitor, params: { filingId }, body, scope }) => {
      const { db, plan, site } = context
      const today = bookDay(site)
      const compared = body.act === 'submit' ? await compareFilingOf(context, scope(), filingId) : []
      return db.transaction(scope({ asOf: today }), (tx) =>
        doStep(tx, plan, visitor, filingId, body, today, compared),
      )
    },
  }),
]

/** 佐证材料接口 — the papers of a filing: photographs, scans, workbooks. */
const papers: readonly BooksRoute[] = attachmentRoutes<Books>({
  path: '/api/filings/{filingId}',
  zh: '填报佐证材料',
  id: FilingPath.properties.filingId,
  read: filingAccess.read,
  keep: filingAccess.write,
  accepts: ['jpeg', 'png', 'webp', 'pdf', 'docx', 'xlsx'],
  find: async (tx, _, id) => {
    const found = await findFiling(tx, Number(id))
    if (!found) return undefined
    const { countyId, subjectKind, subjectId } = found.filing
    return {
      kind: 'filing',
      id,
      countyId,
      ...(subjectKind === 'institution' && { institutionId: subjectId }),
    }
  },
})

export const routes: readonly BooksRoute[] = [...readings, ...doings, ...papers]
