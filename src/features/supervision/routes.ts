import { granted, refused } from '../../kernel/result.ts'
import { type FileAnswer, notFound } from '../../platform/http/route.ts'
import { enqueue } from '../../platform/jobs/enqueue.ts'
import { writeWorkbook } from '../../platform/sheets/write-workbook.ts'
import { type BooksRoute, bookDay, booksRoute } from '../../records/books.ts'
import { findingAccess } from './access.ts'
import {
  AssignBody,
  Assigned,
  BoardQuery,
  FindingBoard,
  FindingPath,
  FindingQuery,
  FindingShown,
  JudgingStarted,
  OpenBody,
  Opened,
  StepBody,
  StepDone,
  ViolationsAnswer,
} from './contract.ts'
import { dayAsked } from './day-asked.ts'
import { assignAll, doAct } from './do-act.ts'
import { evidenceRoutes } from './evidence.ts'
import { allRows, findBoard } from './find-board.ts'
import { findingsSheet } from './findings-workbook.ts'
import { judgingRules } from './judge-rules-job.ts'
import { listViolations } from './list-violations.ts'
import { MonthQuery, MonthTable } from './month-contract.ts'
import { monthTable } from './month-table.ts'
import { openByPerson } from './open-by-person.ts'
import { showFinding } from './show-finding.ts'

/** 查看接口 — the ledger, one finding, the kinds of violation. */
const readings: readonly BooksRoute[] = [
  booksRoute({
    method: 'GET',
    path: '/api/findings',
    summary: '问题整改台账：各县计数和一页问题，按环节、灯、来源、任务项筛选',
    may: findingAccess.read,
    query: BoardQuery,
    answer: FindingBoard,
    handle: ({ context: { db, plan, site }, visitor, query, scope }) => {
      const day = dayAsked(site, query)
      return db.transaction(scope({ asOf: day }), (tx) => findBoard(tx, plan, visitor, query, day))
    },
  }),
  booksRoute({
    method: 'GET',
    path: '/api/findings/export',
    summary: '问题整改台账工作簿（xlsx），按同样的筛选',
    may: findingAccess.read,
    query: BoardQuery,
    handle: async ({ context: { db, plan, site }, visitor, query, scope }) => {
      const today = dayAsked(site, query)
      const rows = await db.transaction(scope({ asOf: today }), (tx) =>
        allRows(tx, plan, visitor, query, today, mostRows + 1),
      )
      if (rows.length > mostRows) return tooMany
      const mark = site.synthetic ? '（合成数据）' : ''
      return {
        kind: 'file',
        name: `${site.cityName}问题整改台账${mark} ${today}.xlsx`,
        type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        content: await writeWorkbook([findingsSheet(rows, { ...site, today })]),
      } satisfies FileAnswer
    },
  }),
  booksRoute({
    method: 'GET',
    path: '/api/findings/{findingId}',
    summary: '一个问题：依据原文、事实、办理沿革和可办步骤',
    may: findingAccess.read,
    params: FindingPath,
    query: FindingQuery,
    answer: FindingShown,
    handle: async ({ context: { db, plan, site }, visitor, params: { findingId }, query, scope }) => {
      const today = bookDay(site)
      const day = dayAsked(site, query)
      const shown = await db.transaction(scope({ asOf: day }), (tx) =>
        showFinding(tx, plan, visitor, findingId, { day, today }),
      )
      return shown ?? notFound
    },
  }),
  booksRoute({
    method: 'GET',
    path: '/api/violations/months',
    summary: '规范监管月表：原文所列各类问题在各县本月立项和销号多少',
    may: findingAccess['read-months'],
    query: MonthQuery,
    answer: MonthTable,
    handle: ({ context: { db, plan, site }, query, visitor, scope }) => {
      const day = dayAsked(site, query)
      const month = query.month ?? day.slice(0, 7)
      return db.transaction(scope({ asOf: day }), (tx) => monthTable(tx, plan, visitor.counties, month, day))
    },
  }),
  booksRoute({
    method: 'GET',
    path: '/api/violations',
    summary: '问题种类表和可作依据的任务项',
    may: findingAccess.read,
    answer: ViolationsAnswer,
    handle: async ({ context: { plan } }) => listViolations(plan),
  }),
]

/** 办理接口 — entering a finding, taking it a step on, handing over many. */
const doings: readonly BooksRoute[] = [
  booksRoute({
    method: 'POST',
    path: '/api/findings',
    summary: '立项：入校、投诉或检查发现的问题',
    may: findingAccess.open,
    body: OpenBody,
    answer: Opened,
    handle: ({ context: { db, plan, site }, visitor, body, scope }) => {
      const today = bookDay(site)
      return db.transaction(scope({ asOf: today }), (tx) => openByPerson(tx, plan, visitor, body, today))
    },
  }),
  booksRoute({
    method: 'POST',
    path: '/api/findings/{findingId}/steps',
    summary: '办一步：交办、签收、报送整改、复核、退回、延期、约谈、销号等',
    may: findingAccess.act,
    params: FindingPath,
    body: StepBody,
    answer: StepDone,
    handle: ({ context: { db, plan, site }, visitor, params: { findingId }, body, scope }) => {
      const today = bookDay(site)
      return db.transaction(scope({ asOf: today }), (tx) => doAct(tx, plan, visitor, findingId, body, today))
    },
  }),
  booksRoute({
    method: 'POST',
    path: '/api/findings/assignments',
    summary: '批量交办：按通常的责任单位和期限',
    may: findingAccess.open,
    body: AssignBody,
    answer: Assigned,
    handle: ({ context: { db, plan, site }, visitor, body, scope }) => {
      const today = bookDay(site)
      return db.transaction(scope({ asOf: today }), (tx) => assignAll(tx, plan, visitor, body, today))
    },
  }),
  booksRoute({
    method: 'POST',
    path: '/api/findings/judgements',
    summary: '按规则立项：判断覆盖任务、数据核验和到期目标，逐县立项；以任务办理',
    may: findingAccess['judge-rules'],
    answer: JudgingStarted,
    handle: async ({ context: { db, site }, visitor, scope }) => {
      const input = { counties: visitor.counties, today: bookDay(site) }
      const jobId = await db.transaction(scope(), (tx) =>
        enqueue(tx, judgingRules, { title: '按规则立项', owner: visitor.account, input }),
      )
      return granted({ jobId })
    },
  }),
]

const mostRows = 50_000

const tooMany = refused({
  code: 'supervision.too-many-rows',
  text: `台账超过 ${mostRows} 行，没有导出—再多表格软件打不开—请按县、环节或来源筛选后分别导出。`,
})

export const routes: readonly BooksRoute[] = [...readings, ...doings, ...evidenceRoutes]
