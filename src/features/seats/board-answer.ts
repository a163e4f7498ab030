import type { Citation } from '../../kernel/citation.ts'
import { stages } from '../../kernel/stage.ts'
import { actsAllowed, reaches } from '../../platform/access/policy.ts'
import type { Visitor } from '../../platform/access/visitor.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { Books } from '../../records/books.ts'
import { seatsAccess } from './access.ts'
import { answerSentence, boardYears, runsStage } from './answer-sentence.ts'
import { type BoardAnswer, stageNames } from './contract.ts'
import { type CountyPart, isCountyOnly } from './find-parts.ts'
import { trailTo } from './find-places.ts'
import { countiesWithoutBirths } from './missing-answer.ts'
import { quotesFor } from './quotes-for.ts'
import { outlooksOf, ownPart, type SeatsRead } from './read-seats.ts'
import { engineVersion } from './run-forecast.ts'
import { boardRow } from './unit-row.ts'

/** 总表 — the board of a unit's parts with the unit's own total, its notices and its sentence. */
export async function boardAnswer(
  tx: Tx,
  books: Books,
  read: SeatsRead,
  visitor: Visitor,
): Promise<BoardAnswer> {
  const { asked, parent, children, outset } = read
  const [own, ...parts] = await outlooksOf(tx, read, [parent, ...children], asked.stage)
  const years = boardYears([...parts, ...(own ? [own] : [])])
  const all = [...parts, own!].map((seen) => boardRow(seen, years))
  const rows = all.filter(runsStage)
  const part = ownPart(read)
  return {
    parent,
    trail: await trailTo(tx, parent),
    stage: asked.stage,
    stages: stages.filter((stage) => reaches(visitor, { counties: [parent.countyId], stages: [stage] })),
    scenario: asked.scenario,
    basis: outset.basis,
    asOf: asked.asOf,
    answer: part ? answerOf(read, rows.length, answerSentence(own, parts)) : notComputed(read),
    years,
    rows: part ? rows : [],
    without: part ? all.slice(0, -1).flatMap((row) => (runsStage(row) ? [] : [row.unit.name])) : [],
    published: part ? publishedAnswer(part) : null,
    notices: part
      ? [...noticesOf(read, part, books), ...birthsNotice(await countiesWithoutBirths(tx, read))]
      : [{ kind: 'none', text: notComputed(read) }],
    quotes: quotesFor(books.plan, asked.stage) as (Citation & { zh: string })[],
    mayRecompute:
      !asked.scenario.startsWith('s') &&
      actsAllowed(seatsAccess, visitor, { counties: [parent.countyId] }).includes('compute'),
  }
}

/** A stage that nobody runs and nobody attends has no figures; the board says that instead of nothing. */
function answerOf({ parent, asked }: SeatsRead, rows: number, sentence: string): string {
  return rows > 0
    ? sentence
    : `${parent.name}没有办${stageNames[asked.stage]}的机构，也没有这个学段的学生，所以没有学位供需可比。如果实际有，请先导入“机构”和“在校生”。`
}

function birthsNotice(counties: readonly string[]): BoardAnswer['notices'] {
  if (counties.length === 0) return []
  return [
    {
      kind: 'births-missing',
      text: `${counties.join('、')}没有出生人口，入园入学人数只能按近年走势推算，偏差会大。请由${counties.length > 1 ? '各' : '该'}县（市、区）卫生健康部门提供历年出生人口，导入后重新测算。`,
    },
  ]
}

function notComputed({ asked, parent }: SeatsRead): string {
  return asked.scenario.startsWith('s')
    ? `${parent.name}在截至 ${asked.asOf} 的台账上还没有测算这个情景方案，请到“情景方案”页测算。`
    : `${parent.name}截至 ${asked.asOf} 的学位供需还没有测算，请先测算。`
}

function publishedAnswer(part: CountyPart): NonNullable<BoardAnswer['published']> {
  const { seriesId, asOf, knownAt, saidAt, saidBy, planVersion, engineVersion: engine, inputsHash } = part
  return {
    seriesId,
    asOf,
    knownAt,
    saidAt,
    saidBy,
    planVersion,
    engineVersion: engine,
    inputsHash,
    countyOnly: isCountyOnly(part),
  }
}

/** 提示 — changed books, totals older than a county's own computation, a changed plan, a stage without a norm. */
export function noticesOf(read: SeatsRead, part: CountyPart, books: Books): BoardAnswer['notices'] {
  const { parent, asked, outset, children } = read
  const notices: BoardAnswer['notices'] = []
  const inSight = parent.kind === 'city' ? read.parts : [part]
  const changed = inSight.filter(({ booksChanged }) => booksChanged)
  const nameOf = (countyId: number) =>
    [parent, ...children].find((unit) => unit.countyId === countyId)?.name ?? String(countyId)
  if (changed.length > 0) {
    const moment = part.knownAt.slice(0, 16)
    const places =
      parent.kind === 'city' ? `（${changed.map(({ countyId }) => nameOf(countyId)).join('、')}）` : ''
    notices.push({
      kind: 'books-changed',
      text: `台账已更新${places}，测算基于 ${moment} 的数据。重新测算后，表中数字才反映新登记。`,
    })
  }
  const ahead = read.parts.filter(
    ({ seriesId, countyId }) => countyId !== part.countyId && seriesId > part.seriesId,
  )
  if (parent.kind === 'city' && ahead.length > 0) {
    notices.push({
      kind: 'totals-behind',
      text: `${ahead.map(({ countyId }) => nameOf(countyId)).join('、')}已单独重新测算，全市合计仍是 ${part.saidAt.slice(0, 16)} 的结果。`,
    })
  }
  if (parent.kind !== 'city' && isCountyOnly(part)) {
    notices.push({
      kind: 'county-only',
      text: '这是本县（市、区）单独测算的结果，没有与其他县相互校准；全市合计由市里重新测算后更新。',
    })
  }
  if (part.planVersion !== books.plan.version || part.engineVersion !== engineVersion) {
    notices.push({ kind: 'plan-changed', text: '规划参数或算法在这次测算之后有更新，请重新测算。' })
  }
  if (!outset.hasNorm) {
    notices.push({
      kind: 'no-norm',
      text: `${stageNames[asked.stage]}没有录入标准班额，学位只按核定规模计算，不按教室推算。`,
    })
  }
  return notices
}
