import Type from 'typebox'
import { granted, type Result, refused } from '../../kernel/result.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { type Call, type FileAnswer, type NotFound, notFound } from '../../platform/http/route.ts'
import { writeWorkbook } from '../../platform/sheets/write-workbook.ts'
import { type Books, type BooksRoute, bookDay, booksRoute } from '../../records/books.ts'
import { institutionHistory } from '../../records/registry/reads/institution-history.ts'
import { seatsAccess } from './access.ts'
import { boardAnswer } from './board-answer.ts'
import { compareAnswer } from './compare-answer.ts'
import * as contract from './contract.ts'
import { institutionForecastAnswer } from './institution-forecast-answer.ts'
import { institutionsAnswer } from './institutions-answer.ts'
import { mapAnswer } from './map-answer.ts'
import { missingAnswer } from './missing-answer.ts'
import { provenanceAnswer } from './provenance-answer.ts'
import { askedOf, ownPart, readSeats, type SeatsRead } from './read-seats.ts'
import { keepScenario, scenariosAnswer } from './scenario-answer.ts'
import {
  CompareAnswer,
  CompareQuery,
  ScenarioAnswer,
  ScenarioBody,
  ScenarioPath,
  ScenarioRevisionBody,
  ScenariosAnswer,
} from './scenario-contract.ts'
import { seatsSheets } from './seats-workbook.ts'
import { seriesAnswer } from './series-answer.ts'
import { startForecast } from './start-forecast.ts'
import { deleteScenario, findScenario } from './store.ts'
import { warningsAnswer } from './warnings-answer.ts'

type Asking = Call<unknown, contract.SeatsQuery, unknown, Books>

/** Every view of the board is read in the same way: in scope, as of the day asked for. */
function view<A>(
  call: Asking,
  answer: (tx: Tx, read: SeatsRead) => Promise<A | Result<A> | NotFound>,
): Promise<A | Result<A> | NotFound> {
  const { context, visitor, query } = call
  const asked = askedOf(query, visitor, context)
  return context.db.transaction(call.scope({ asOf: asked.asOf }), async (tx) => {
    const read = await readSeats(tx, context, asked, visitor)
    return 'ok' in read && read.ok ? answer(tx, read.value) : (read as NotFound)
  })
}

/** Answers need a computation: without one, say so and what to do. */
function published(read: SeatsRead): Result<SeatsRead> {
  if (ownPart(read)) return granted(read)
  return refused({
    code: 'seats.not-computed',
    text: `${read.parent.name}截至 ${read.asked.asOf}—还没有测算结果—请在学位供需页点“测算”。`,
  })
}

const views: readonly BooksRoute[] = [
  booksRoute({
    method: 'GET',
    path: '/api/seats/board',
    summary: '学位供需总表：下级单位各年需求、学位、余缺与判断',
    may: seatsAccess.read,
    query: contract.SeatsQuery,
    answer: contract.BoardAnswer,
    handle: (call) => view(call, (tx, read) => boardAnswer(tx, call.context, read, call.visitor)),
  }),
  booksRoute({
    method: 'GET',
    path: '/api/seats/series',
    summary: '一个单位一个学段：历年在校生、预测与区间、学位、误差记录',
    may: seatsAccess.read,
    query: contract.SeriesQuery,
    answer: contract.SeriesAnswer,
    handle: (call) => view(call, (tx, read) => seriesAnswer(tx, call.context, read)),
  }),
  booksRoute({
    method: 'GET',
    path: '/api/seats/warnings',
    summary: '预警与下一步，按提前量排序',
    may: seatsAccess.read,
    query: contract.SeatsQuery,
    answer: contract.WarningsAnswer,
    handle: (call) => view(call, (tx, read) => warningsAnswer(tx, read, call.visitor)),
  }),
  booksRoute({
    method: 'GET',
    path: '/api/seats/missing',
    summary: '缺数据：测算时缺什么，由谁提供',
    may: seatsAccess.read,
    query: contract.SeatsQuery,
    answer: contract.MissingAnswer,
    handle: (call) => view(call, missingAnswer),
  }),
  booksRoute({
    method: 'GET',
    path: '/api/seats/map',
    summary: '余缺地图：下级单位的边界与某一年的余缺',
    may: seatsAccess.read,
    query: contract.MapQuery,
    answer: contract.MapAnswer,
    handle: (call) => view(call, (tx, read) => mapAnswer(tx, read, call.query.year)),
  }),
  booksRoute({
    method: 'GET',
    path: '/api/seats/institutions',
    summary: '辖区内各校（园）的在校生与学位',
    may: seatsAccess.read,
    query: contract.SeatsQuery,
    answer: contract.InstitutionsAnswer,
    handle: (call) => view(call, (tx, read) => institutionsAnswer(tx, call.context, read)),
  }),
  booksRoute({
    method: 'GET',
    path: '/api/seats/provenance',
    summary: '一个数的来历：公式、参数、数据行、口径',
    may: seatsAccess.read,
    query: contract.ProvenanceQuery,
    answer: contract.ProvenanceAnswer,
    handle: async (call) => {
      const read = await view(call, async (_, seen) => published(seen))
      if (!('ok' in read) || !read.ok) return read as NotFound
      const { year, measure = 'gap' } = call.query
      // The rows are those the figure was computed from: the books as the computation read them.
      return call.context.db.transaction(call.scope(ownPart(read.value)), (tx) =>
        provenanceAnswer(tx, call.context, read.value, { year, measure }),
      )
    },
  }),
]

const files: readonly BooksRoute[] = [
  booksRoute({
    method: 'GET',
    path: '/api/seats/export',
    summary: '学位供需工作簿（xlsx）：总表、假设与说明',
    may: seatsAccess.read,
    query: contract.SeatsQuery,
    handle: (call) =>
      view<FileAnswer>(call, async (tx, read) => {
        const there = published(read)
        if (!there.ok) return there
        const { site } = call.context
        const board = await boardAnswer(tx, call.context, read, call.visitor)
        const scenarioName = await nameOfScenario(tx, board.scenario)
        const mark = site.synthetic ? '（合成数据）' : ''
        return {
          kind: 'file',
          name: `${board.parent.name}${contract.stageNames[board.stage]}学位供需${mark} ${board.asOf}.xlsx`,
          type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
          content: await writeWorkbook(seatsSheets(board, { ...site, scenarioName })),
        }
      }),
  }),
]

const scenarioNames: Readonly<Record<string, string>> = { low: '低方案', mid: '中方案', high: '高方案' }

async function nameOfScenario(tx: Tx, key: string): Promise<string> {
  return scenarioNames[key] ?? (await findScenario(tx, Number(key.slice(1))))?.name ?? key
}

const institution = booksRoute({
  method: 'GET',
  path: '/api/seats/institutions/{institutionId}',
  summary: '一所学校（园）的预测，不超过可靠年限',
  may: seatsAccess['read-school'],
  params: Type.Object({ institutionId: Type.Integer({ minimum: 1 }) }),
  query: contract.InstitutionForecastQuery,
  answer: contract.InstitutionForecastAnswer,
  handle: async ({ params, query, context, visitor, scope }) => {
    const asOf = query.asOf ?? bookDay(context.site)
    const { entries } = await context.db.transaction(scope({ asOf }), (tx) =>
      institutionHistory(tx, params.institutionId),
    )
    if (entries.length === 0) return notFound
    // A school's progression is learned from the schools around it; none of their figures is shown.
    return context.db.transaction({ ...scope({ asOf }), wholeCounties: '推算一校要用全县的升级率' }, (tx) =>
      institutionForecastAnswer(tx, context, { ...params, ...query, asOf }, visitor),
    )
  },
})

const recompute = booksRoute({
  method: 'POST',
  path: '/api/seats/recompute',
  anyDay: true,
  summary: '重新测算全市或一个县，返回任务编号',
  may: seatsAccess.compute,
  body: contract.RecomputeBody,
  answer: contract.JobAnswer,
  handle: ({ context, visitor, body }) => startForecast(context, visitor, body),
})

const scenarios: readonly BooksRoute[] = [
  booksRoute({
    method: 'GET',
    path: '/api/seats/scenarios',
    summary: '情景方案',
    may: seatsAccess.read,
    answer: ScenariosAnswer,
    handle: ({ context, scope }) => context.db.transaction(scope(), (tx) => scenariosAnswer(tx, context)),
  }),
  booksRoute({
    method: 'POST',
    path: '/api/seats/scenarios',
    anyDay: true,
    summary: '新存情景方案，含全部假设',
    may: seatsAccess['keep-scenario'],
    body: ScenarioBody,
    answer: ScenarioAnswer,
    handle: ({ context, visitor, body, scope }) =>
      context.db.transaction(scope(), (tx) => keepScenario(tx, context, visitor, body)),
  }),
  booksRoute({
    method: 'PUT',
    path: '/api/seats/scenarios/{scenarioId}',
    anyDay: true,
    summary: '修改情景方案（成为新的一版）',
    may: seatsAccess['keep-scenario'],
    params: ScenarioPath,
    body: ScenarioRevisionBody,
    answer: ScenarioAnswer,
    handle: ({ context, visitor, params, body, scope }) =>
      context.db.transaction(scope(), (tx) =>
        keepScenario(tx, context, visitor, body, {
          scenarioId: params.scenarioId,
          basedOn: body.basedOn,
        }),
      ),
  }),
  booksRoute({
    method: 'DELETE',
    path: '/api/seats/scenarios/{scenarioId}',
    anyDay: true,
    summary: '删除情景方案；已发布的测算仍保留',
    may: seatsAccess['keep-scenario'],
    params: ScenarioPath,
    answer: Type.Object({ deleted: Type.Boolean() }),
    handle: ({ context, params, scope }) =>
      context.db.transaction(scope(), async (tx) => {
        const saved = await findScenario(tx, params.scenarioId)
        if (!saved) return notFound
        await deleteScenario(tx, saved)
        return { deleted: true }
      }),
  }),
  booksRoute({
    method: 'POST',
    path: '/api/seats/scenarios/{scenarioId}/compute',
    anyDay: true,
    summary: '测算一个情景方案，返回任务编号',
    may: seatsAccess.compute,
    params: ScenarioPath,
    answer: contract.JobAnswer,
    handle: ({ context, visitor, params }) => startForecast(context, visitor, params),
  }),
  booksRoute({
    method: 'GET',
    path: '/api/seats/compare',
    summary: '两个情景逐单位逐年对照',
    may: seatsAccess.read,
    query: CompareQuery,
    answer: CompareAnswer,
    handle: ({ context, visitor, query, scope }) => {
      const { one, other, ...rest } = query
      const asked = askedOf(rest, visitor, context)
      return context.db.transaction(scope({ asOf: asked.asOf }), (tx) =>
        compareAnswer(tx, context, asked, { one, other }, visitor),
      )
    },
  }),
]

/** 学位接口 — views of the board, one school, computing anew, scenarios, the workbook. */
export const routes: readonly BooksRoute[] = [...views, ...files, institution, recompute, ...scenarios]
