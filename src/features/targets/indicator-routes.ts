import { notFound } from '../../platform/http/route.ts'
import { type BooksRoute, bookDay, booksRoute } from '../../records/books.ts'
import { targetAccess } from './access.ts'
import { answerIndicatorProvenance, answerIndicators, answerUnits } from './answer-indicators.ts'
import { FigureProvenance } from './contract.ts'
import {
  IndicatorBoard,
  IndicatorFigureQuery,
  IndicatorPath,
  IndicatorsQuery,
  IndicatorUnits,
  UnitsQuery,
} from './indicator-contract.ts'

const may = targetAccess.read

/** 指标接口 — every indicator, one along a tree, and what lies under a figure. */
export const indicatorRoutes: readonly BooksRoute[] = [
  booksRoute({
    method: 'GET',
    path: '/api/indicators',
    summary: '指标总表：规划的全部指标在全市和各县的现值，缺的照写缺数据',
    may,
    query: IndicatorsQuery,
    answer: IndicatorBoard,
    handle: ({ context, visitor, query, scope }) =>
      answerIndicators({ context, visitor, scope: scope({ asOf: query.asOf ?? bookDay(context.site) }) }),
  }),
  booksRoute({
    method: 'GET',
    path: '/api/indicators/{indicatorId}/units',
    summary: '一项指标沿一棵树逐级汇总：行政区划、乡镇中心校、教育集团、学区或督学责任区，按当日的隶属',
    may,
    params: IndicatorPath,
    query: UnitsQuery,
    answer: IndicatorUnits,
    handle: async ({ context, visitor, params, query, scope }) => {
      const indicator = context.plan.indicators.get(params.indicatorId)
      if (!indicator) return notFound
      const asOf = query.asOf ?? bookDay(context.site)
      const found = await answerUnits({ context, visitor, scope: scope({ asOf }) }, indicator, query)
      return found.ok ? (found.value ?? notFound) : found
    },
  }),
  booksRoute({
    method: 'GET',
    path: '/api/indicators/{indicatorId}/provenance',
    summary: '一个指标值的来历：公式、参数及原文、拖后的数据行在前；可只看树上一个单位之下的机构',
    may,
    params: IndicatorPath,
    query: IndicatorFigureQuery,
    answer: FigureProvenance,
    handle: async ({ context, visitor, params, query, scope }) => {
      const indicator = context.plan.indicators.get(params.indicatorId)
      if (!indicator) return notFound
      const asOf = query.asOf ?? bookDay(context.site)
      const found = await answerIndicatorProvenance(
        { context, visitor, scope: scope({ asOf }) },
        indicator,
        query,
      )
      return found.ok ? (found.value ?? notFound) : found
    },
  }),
]
