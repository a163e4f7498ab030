import { type FileAnswer, notFound } from '../../platform/http/route.ts'
import { writeWorkbook } from '../../platform/sheets/write-workbook.ts'
import { type BooksRoute, bookDay, booksRoute } from '../../records/books.ts'
import { coverageAccess } from './access.ts'
import { answerBoard, answerGaps, answerProvenance, judgeAll } from './answer-coverage.ts'
import { BoardQuery, CoverageBoard, CoverageProvenance, DutyGaps, DutyId, GapsQuery } from './contract.ts'
import { coverageSheets } from './coverage-workbook.ts'

const may = coverageAccess.read

/** 覆盖任务接口 — the board, the gaps of one duty in one place, what lies under a count, and the workbook. */
export const routes: readonly BooksRoute[] = [
  booksRoute({
    method: 'GET',
    path: '/api/duties',
    summary: '覆盖任务总表：每项“每个…都有…”在全市和各县覆盖了多少，按任一日',
    may,
    query: BoardQuery,
    answer: CoverageBoard,
    handle: ({ context, visitor, query, scope }) => {
      const asOf = query.asOf ?? bookDay(context.site)
      return answerBoard({ context, visitor, scope: { ...scope({ asOf }), asOf } })
    },
  }),
  booksRoute({
    method: 'GET',
    path: '/api/duties/export',
    summary: '覆盖任务工作簿（xlsx）：各县情况、缺口名单和原因、依据',
    may,
    query: BoardQuery,
    handle: async ({ context, visitor, query, scope }) => {
      const { plan, site } = context
      const asOf = query.asOf ?? bookDay(site)
      const judged = await judgeAll({ context, visitor, scope: { ...scope({ asOf }), asOf } })
      const head = { cityName: site.cityName, asOf, planVersion: plan.version, synthetic: site.synthetic }
      return {
        kind: 'file',
        name: `覆盖任务${site.synthetic ? '（合成数据）' : ''} ${asOf}.xlsx`,
        type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        content: await writeWorkbook(coverageSheets(plan, judged, head)),
      } satisfies FileAnswer
    },
  }),
  booksRoute({
    method: 'GET',
    path: '/api/duties/{dutyId}',
    summary: '一项覆盖任务在一处的缺口：谁没有、为什么、怎么办',
    may,
    params: DutyId,
    query: GapsQuery,
    answer: DutyGaps,
    handle: async ({ context, visitor, params, query, scope }) => {
      const duty = context.plan.coverage.get(params.dutyId)
      if (!duty) return notFound
      const asOf = query.asOf ?? bookDay(context.site)
      const found = await answerGaps({ context, visitor, scope: { ...scope({ asOf }), asOf } }, duty, query)
      return found ?? notFound
    },
  }),
  booksRoute({
    method: 'GET',
    path: '/api/duties/{dutyId}/provenance',
    summary: '一个覆盖数的来历：怎么算、参数及原文、没有覆盖的逐个列出',
    may,
    params: DutyId,
    query: GapsQuery,
    answer: CoverageProvenance,
    handle: async ({ context, visitor, params, query, scope }) => {
      const duty = context.plan.coverage.get(params.dutyId)
      if (!duty) return notFound
      const asOf = query.asOf ?? bookDay(context.site)
      const asking = { context, visitor, scope: { ...scope({ asOf }), asOf } }
      return (await answerProvenance(asking, duty, query)) ?? notFound
    },
  }),
]
