import { notFound } from '../../platform/http/route.ts'
import { type BooksRoute, bookDay, booksRoute } from '../../records/books.ts'
import { caseAccess } from './access.ts'
import { CaseList, CasePath, CaseShown, CasesQuery } from './contract.ts'
import { caseList, showCase } from './show-case.ts'

const may = caseAccess.read

/** 案例接口 — the library and one case; cases are proposed and accepted in the filing room. */
export const routes: readonly BooksRoute[] = [
  booksRoute({
    method: 'GET',
    path: '/api/cases',
    summary: '好做法案例库：已采纳的和待采纳的',
    may,
    query: CasesQuery,
    answer: CaseList,
    handle: ({ context, query, scope }) =>
      caseList(context, scope({ asOf: query.asOf ?? bookDay(context.site) })),
  }),
  booksRoute({
    method: 'GET',
    path: '/api/cases/{caseId}',
    summary: '一个案例：做法，和同一指标前后两天的数（取自发布的留存数）',
    may,
    params: CasePath,
    query: CasesQuery,
    answer: CaseShown,
    handle: async ({ context, params, query, scope }) =>
      (await showCase(context, scope({ asOf: query.asOf ?? bookDay(context.site) }), params.caseId)) ??
      notFound,
  }),
]
