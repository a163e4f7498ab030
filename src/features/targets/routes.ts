import type { Plan, Target } from '../../plan/index.ts'
import { type FileAnswer, notFound } from '../../platform/http/route.ts'
import { writeWorkbook } from '../../platform/sheets/write-workbook.ts'
import { type BooksRoute, bookDay, booksRoute } from '../../records/books.ts'
import { targetAccess } from './access.ts'
import { answerBoard, answerDetails, answerProvenance } from './answer-targets.ts'
import { BoardQuery, FigureProvenance, FigureQuery, TargetBoard, TargetDetail, TargetId } from './contract.ts'
import { targetSheets } from './target-workbook.ts'

const may = targetAccess.read

/** 目标接口 — the board, one target, what lies under a figure, and the workbook. */
export const routes: readonly BooksRoute[] = [
  booksRoute({
    method: 'GET',
    path: '/api/targets',
    summary: '目标总表：各项目标在全市和各县的进度，缺什么、由谁提供',
    may,
    query: BoardQuery,
    answer: TargetBoard,
    handle: ({ context, visitor, query, scope }) =>
      answerBoard({ context, visitor, scope: scope({ asOf: query.asOf ?? bookDay(context.site) }) }),
  }),
  booksRoute({
    method: 'GET',
    path: '/api/targets/export',
    summary: '目标任务工作簿（xlsx）：进度、各年数值、定义与依据、缺数据',
    may,
    query: BoardQuery,
    handle: async ({ context, visitor, query, scope }) => {
      const { plan, site } = context
      const found = await answerDetails(
        { context, visitor, scope: scope({ asOf: query.asOf ?? bookDay(context.site) }) },
        plan.targets,
      )
      if (!found.ok) return found
      const asOf = found.value[0]?.asOf ?? query.asOf ?? ''
      const head = { cityName: site.cityName, asOf, planVersion: plan.version, synthetic: site.synthetic }
      return {
        kind: 'file',
        name: `目标任务进度${site.synthetic ? '（合成数据）' : ''} ${asOf}.xlsx`,
        type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        content: await writeWorkbook(targetSheets(found.value, head)),
      } satisfies FileAnswer
    },
  }),
  booksRoute({
    method: 'GET',
    path: '/api/targets/{targetId}',
    summary: '一项目标：原文、定义、各层目标线、各县历年数值与到期末的路径',
    may,
    params: TargetId,
    query: BoardQuery,
    answer: TargetDetail,
    handle: async ({ context, visitor, params, query, scope }) => {
      const target = targetById(context.plan, params.targetId)
      if (!target) return notFound
      const found = await answerDetails(
        { context, visitor, scope: scope({ asOf: query.asOf ?? bookDay(context.site) }) },
        [target],
      )
      return found.ok ? found.value[0]! : found
    },
  }),
  booksRoute({
    method: 'GET',
    path: '/api/targets/{targetId}/provenance',
    summary: '一个数的来历：公式、参数及原文、分子分母的数据行、截至日和规划版本',
    may,
    params: TargetId,
    query: FigureQuery,
    answer: FigureProvenance,
    handle: async ({ context, visitor, params, query, scope }) => {
      const target = targetById(context.plan, params.targetId)
      if (!target) return notFound
      const found = await answerProvenance(
        { context, visitor, scope: scope({ asOf: query.asOf ?? bookDay(context.site) }) },
        target,
        query,
      )
      return found.ok ? (found.value ?? notFound) : found
    },
  }),
]

function targetById(plan: Plan, id: string): Target | undefined {
  return plan.targets.find((target) => target.id === id)
}
