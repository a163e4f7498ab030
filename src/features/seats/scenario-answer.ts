import { differencesBetween } from '../../kernel/difference.ts'
import { granted, type Result, refused } from '../../kernel/result.ts'
import { schoolYearOf } from '../../kernel/school-year.ts'
import type { Visitor } from '../../platform/access/visitor.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { type NotFound, notFound } from '../../platform/http/route.ts'
import { type Books, bookDay } from '../../records/books.ts'
import { listCounties, listUnits } from '../../records/registry/reads/list-units.ts'
import { findParts } from './find-parts.ts'
import { forecastParameters } from './forecast-parameters.ts'
import { judgeScenario } from './judge-scenario.ts'
import { scenarioKind } from './publish-forecast.ts'
import type { ScenarioAnswer, ScenarioBody } from './scenario-contract.ts'
import {
  findScenario,
  isNameTaken,
  listScenarios,
  reviseScenario,
  type SavedScenario,
  saveScenario,
} from './store.ts'

/** 情景方案列表 — what the visitor's counties saved, each with its last computation. */
export async function scenariosAnswer(tx: Tx, books: Books): Promise<ScenarioAnswer[]> {
  const places = await placeNames(tx)
  const answers: ScenarioAnswer[] = []
  for (const saved of await listScenarios(tx)) answers.push(await answerOf(tx, books, saved, places))
  return answers
}

async function placeNames(tx: Tx): Promise<ReadonlyMap<number, string>> {
  return new Map((await listCounties(tx)).map(({ countyId, name }) => [countyId, name]))
}

async function answerOf(
  tx: Tx,
  books: Books,
  saved: SavedScenario,
  places: ReadonlyMap<number, string>,
): Promise<ScenarioAnswer> {
  const parts = await findParts(tx, scenarioKind(saved.scenarioId), bookDay(books.site))
  const part = parts.find(({ countyId }) => countyId === saved.countyId)
  const revision = (part?.request.assumed as { revision?: number } | undefined)?.revision
  return {
    ...saved,
    place: places.get(saved.countyId) ?? '',
    computed: part ? { asOf: part.asOf, saidAt: part.saidAt, current: revision === saved.revision } : null,
  }
}

/** 存情景方案 — new, or a new revision of `scenarioId`; refused when it speaks of units or years it cannot. */
export async function keepScenario(
  tx: Tx,
  books: Books,
  visitor: Visitor,
  body: ScenarioBody,
  scenarioId?: number,
): Promise<Result<ScenarioAnswer> | NotFound> {
  const before = scenarioId === undefined ? undefined : await findScenario(tx, scenarioId)
  if (scenarioId !== undefined && !before) return notFound
  const ownPlace = visitor.counties.includes(books.site.cityId) ? books.site.cityId : visitor.counties[0]
  const countyId = before?.countyId ?? body.countyId ?? ownPlace ?? 0
  if (!visitor.counties.includes(countyId)) return notFound
  const judged = await judgeOnGround(tx, books, body, countyId)
  if (!judged.ok) return judged
  if (await isNameTaken(tx, countyId, body.name, scenarioId)) {
    return refused({
      code: 'seats.name-taken',
      text: `方案名“${body.name}”—本单位已有同名方案—请换一个名称，或修改原来的方案。`,
    })
  }
  if (before && !(await reviseScenario(tx, before, body, visitor.name)))
    return changedMeanwhile(body, await findScenario(tx, before.scenarioId))
  const id = before?.scenarioId ?? (await saveScenario(tx, countyId, body, visitor.name))
  const saved = await findScenario(tx, id)
  return saved ? granted(await answerOf(tx, books, saved, await placeNames(tx))) : notFound
}

/** Both versions are shown: the editor decides what stands. */
function changedMeanwhile(body: ScenarioBody, now: SavedScenario | undefined) {
  const fieldsOf = ({ name, note, assumptions }: Pick<ScenarioBody, 'name' | 'note' | 'assumptions'>) => ({
    name,
    note,
    assumptions,
  })
  return refused({
    code: 'seats.changed-meanwhile',
    text: `方案“${body.name}”—您打开之后${now ? `${now.author}已改为第 ${now.revision} 版` : '已被删除'}，为免覆盖没有保存—请对照差别，在最新一版上再改。`,
    conflict: now ? differencesBetween(fieldsOf(now), fieldsOf(body)) : [],
    ...(now && { facts: { revision: now.revision, author: now.author } }),
  })
}

async function judgeOnGround(tx: Tx, books: Books, body: ScenarioBody, countyId: number) {
  const day = bookDay(books.site)
  const parameters = forecastParameters(books.plan, day)
  if (!parameters.ok) return parameters
  const units = (await listUnits(tx)).filter(
    (unit) => countyId === books.site.cityId || unit.countyId === countyId,
  )
  return judgeScenario(body.assumptions, {
    units: new Map(units.map(({ unitId, name, kind }) => [unitId, { name, kind }])),
    firstYear: schoolYearOf(day) + 1,
    until: parameters.value.until,
  })
}
