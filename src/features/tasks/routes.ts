import { granted } from '../../kernel/result.ts'
import { mayActFor } from '../../platform/access/policy.ts'
import { type FileAnswer, notFound } from '../../platform/http/route.ts'
import { writeWorkbook } from '../../platform/sheets/write-workbook.ts'
import { type BooksRoute, bookDay, booksRoute } from '../../records/books.ts'
import { taskAccess } from './access.ts'
import { BoardQuery, SectionDetail, SectionPath, SectionQuery, TaskBoard } from './contract.ts'
import { gatherFacts } from './gather-facts.ts'
import { sectionDetail } from './section-detail.ts'
import { taskBoard } from './task-board.ts'
import { taskSheets } from './task-workbook.ts'

const may = taskAccess.read

/** 任务接口 — the matrix, what lies under a cell, and the workbook. */
export const routes: readonly BooksRoute[] = [
  booksRoute({
    method: 'GET',
    path: '/api/tasks',
    summary: '责任矩阵：各项措施、目标和组织要求在各县的状态（由台账算出），没有落实责任的任务',
    may,
    query: BoardQuery,
    answer: TaskBoard,
    handle: async ({ context, query, scope }) => {
      const asOf = query.asOf ?? bookDay(context.site)
      return granted(taskBoard(context.plan, await gatherFacts(context, { ...scope({ asOf }), asOf })))
    },
  }),
  booksRoute({
    method: 'GET',
    path: '/api/tasks/export',
    summary: '责任矩阵和任务清单工作簿（xlsx）',
    may,
    query: BoardQuery,
    handle: async ({ context, query, scope }) => {
      const { plan, site } = context
      const asOf = query.asOf ?? bookDay(site)
      const book = await gatherFacts(context, { ...scope({ asOf }), asOf })
      return {
        kind: 'file',
        name: `任务清单与责任矩阵${site.synthetic ? '（合成数据）' : ''} ${asOf}.xlsx`,
        type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        content: await writeWorkbook(taskSheets(plan, taskBoard(plan, book), book, site)),
      } satisfies FileAnswer
    },
  }),
  booksRoute({
    method: 'GET',
    path: '/api/tasks/{sectionId}',
    summary: '一格明细：一项措施在一个县的各任务项，原文、责任、进展、缺口和问题',
    may,
    params: SectionPath,
    query: SectionQuery,
    answer: SectionDetail,
    handle: async ({ context, visitor, params, query, scope }) => {
      const asOf = query.asOf ?? bookDay(context.site)
      if (!mayActFor(visitor, [query.county])) return notFound
      const within = { ...scope({ asOf }), counties: [query.county], asOf }
      return (await sectionDetail(context, within, params.sectionId)) ?? notFound
    },
  }),
]
