import { type FileAnswer, notFound } from '../../../platform/http/route.ts'
import { writeWorkbook } from '../../../platform/sheets/write-workbook.ts'
import { type BooksRoute, bookDay, booksRoute } from '../../../records/books.ts'
import { drawAccess } from '../access.ts'
import { dayAsked } from '../day-asked.ts'
import {
  DrawBody,
  DrawList,
  DrawPath,
  DrawQuery,
  DrawShown,
  DrawsHeld,
  DrawsQuery,
} from '../draw-contract.ts'
import { drawSheets } from './draw-workbook.ts'
import { holdDraws } from './hold-draw.ts'
import { drawList, showDraw } from './show-draw.ts'
import { findDraw } from './store.ts'

/** 双随机抽查接口 — holding a draw, those held before, one of them whole, and as a workbook. */
export const drawRoutes: readonly BooksRoute[] = [
  booksRoute({
    method: 'GET',
    path: '/api/draws',
    summary: '历次双随机抽查，新的在前',
    may: drawAccess.read,
    query: DrawsQuery,
    answer: DrawList,
    handle: ({ context, visitor, query: { county, asOf }, scope }) => {
      const day = dayAsked(context.site, { asOf })
      return context.db.transaction(scope({ asOf: day }), (tx) => drawList(tx, visitor, county, day))
    },
  }),
  booksRoute({
    method: 'POST',
    path: '/api/draws',
    summary: '双随机抽查：按公布的种子逐县分层抽学校和督学；底册、规则和结果一并存档',
    may: drawAccess.hold,
    body: DrawBody,
    answer: DrawsHeld,
    handle: ({ context: { db, site }, visitor, body, scope }) => {
      const today = bookDay(site)
      return db.transaction(scope({ asOf: today }), (tx) => holdDraws(tx, visitor, body, today))
    },
  }),
  booksRoute({
    method: 'GET',
    path: '/api/draws/{drawId}',
    summary: '一次抽查：规则、种子、每所学校的签号，并当场复算',
    may: drawAccess.read,
    params: DrawPath,
    query: DrawQuery,
    answer: DrawShown,
    handle: async ({ context, params: { drawId }, query, scope }) => {
      const day = dayAsked(context.site, query)
      const draw = await context.db.transaction(scope({ asOf: day }), (tx) => findDraw(tx, drawId))
      return draw ? showDraw(draw) : notFound
    },
  }),
  booksRoute({
    method: 'GET',
    path: '/api/draws/{drawId}/export',
    summary: '一次抽查的工作簿（xlsx）：抽中名单、底册、督学名册、规则与复算办法',
    may: drawAccess.read,
    params: DrawPath,
    handle: async ({ context, params: { drawId }, scope }) => {
      const { db, site } = context
      const draw = await db.transaction(scope({ asOf: bookDay(site) }), (tx) => findDraw(tx, drawId))
      if (!draw) return notFound
      const mark = site.synthetic ? '（合成数据）' : ''
      return {
        kind: 'file',
        name: `${draw.county}第${draw.number}次双随机抽查${mark} ${draw.drawnOn}.xlsx`,
        type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        content: await writeWorkbook(drawSheets(showDraw(draw), site)),
      } satisfies FileAnswer
    },
  }),
]
