import type { Scope } from '../../platform/db/scope.ts'
import type { FileAnswer } from '../../platform/http/route.ts'
import { writeWorkbook } from '../../platform/sheets/write-workbook.ts'
import { type Books, type BooksRoute, bookDay, booksRoute } from '../../records/books.ts'
import { listCounties } from '../../records/registry/reads/list-units.ts'
import { projectAccess } from './access.ts'
import { ProjectBoard, ProjectQuery } from './contract.ts'
import { projectBoard } from './project-board.ts'
import { projectSheets } from './project-workbook.ts'
import { listProjects } from './store.ts'

/** 项目接口 — the register as of a day and its workbook; projects are entered and approved in the filing room. */
export const routes: readonly BooksRoute[] = [
  booksRoute({
    method: 'GET',
    path: '/api/projects',
    summary: '项目总表：是否纳入区域发展规划、应到位和已到位资金、进度迟误、各投用年学位',
    may: projectAccess.read,
    query: ProjectQuery,
    answer: ProjectBoard,
    handle: ({ context, query, scope }) => {
      const asOf = query.asOf ?? bookDay(context.site)
      return readBoard(context, scope({ asOf }), asOf)
    },
  }),
  booksRoute({
    method: 'GET',
    path: '/api/projects/export',
    summary: '项目工作簿（xlsx）',
    may: projectAccess.read,
    query: ProjectQuery,
    handle: async ({ context, query, scope }) => {
      const asOf = query.asOf ?? bookDay(context.site)
      const board = await readBoard(context, scope({ asOf }), asOf)
      const mark = context.site.synthetic ? '（合成数据）' : ''
      return {
        kind: 'file',
        name: `扩优提质项目${mark} ${asOf}.xlsx`,
        type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        content: await writeWorkbook(projectSheets(board, context.site)),
      } satisfies FileAnswer
    },
  }),
]

/** 读项目总表. */
export function readBoard({ db, plan }: Books, scope: Scope, asOf: string): Promise<ProjectBoard> {
  return db.transaction(scope, async (tx) => {
    const counties = (await listCounties(tx)).filter(
      ({ kind, countyId }) => kind === 'county' && scope.counties.includes(countyId),
    )
    return projectBoard(plan, await listProjects(tx), counties, asOf)
  })
}
