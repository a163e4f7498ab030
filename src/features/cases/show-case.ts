import { type Plan, quotedWords } from '../../plan/index.ts'
import type { Scope } from '../../platform/db/scope.ts'
import type { Books } from '../../records/books.ts'
import { indicatorKind } from '../../records/indicators/kept-figures.ts'
import { type IndicatorValue, measureIndicators } from '../../records/indicators/measure-indicators.ts'
import { findPublished } from '../../records/series/find-published.ts'
import { keptParts } from '../../records/series/read-kept.ts'
import type { CaseList, CaseShown } from './contract.ts'
import { type DayFigure, tellEffect } from './rules.ts'
import { type CaseRow, listCases } from './store.ts'

/** 案例清单 — every case in sight with the indicator that shows its effect. */
export async function caseList({ db, plan }: Books, scope: Scope): Promise<CaseList> {
  const rows = await db.transaction(scope, (tx) => listCases(tx))
  return rows.map((row) => headOf(plan, row))
}

/**
 * 一个案例 — with its indicator on the day before and the day after, over its whole county, both by the plan in force: as the
 * series kept it, or measured anew where the books were corrected since or the day was never kept. Nobody types a figure.
 */
export async function showCase(books: Books, scope: Scope, caseId: number): Promise<CaseShown | undefined> {
  const { db, plan } = books
  const [row] = await db.transaction(scope, (tx) => listCases(tx, caseId))
  if (!row) return undefined
  const before = await figureOn(books, scope, row, row.before)
  const after = await figureOn(books, scope, row, row.after)
  const indicator = row.indicator === null ? undefined : plan.indicators.get(row.indicator)
  const item = row.item === null ? undefined : plan.items.get(row.item)
  return {
    ...headOf(plan, row),
    story: row.story ?? '',
    quote: item ? quotedWords(item) : null,
    definition: indicator?.definition ?? null,
    before: before ? shown(before) : null,
    after: after ? shown(after) : null,
    effect: tellEffect(before?.figure ?? null, after?.figure ?? null, indicator?.direction),
  }
}

function headOf(plan: Plan, row: CaseRow): CaseList[number] {
  const { caseId, countyId, county, title, state, proposedOn, item, school, indicator } = row
  return {
    caseId,
    countyId,
    county,
    title: title ?? '（没有写名称）',
    state,
    proposedOn,
    itemId: item,
    school,
    indicator: indicator === null ? null : (plan.indicators.get(indicator)?.zh ?? indicator),
  }
}

type ShownFigure = NonNullable<CaseShown['before']>
type Measured = ShownFigure & { readonly figure: DayFigure }

async function figureOn(
  books: Books,
  within: Scope,
  { countyId, indicator }: CaseRow,
  day: string | null,
): Promise<Measured | null> {
  if (indicator === null || day === null || !books.plan.indicators.has(indicator)) return null
  const scope = { ...within, counties: [countyId], asOf: day, wholeCounties: '案例的成效要看全县的台账' }
  const values = await measureIndicators(books, { scope, indicators: [indicator] })
  const value = values.find(({ unitId }) => unitId === countyId)
  if (!value) return null
  const kept = await books.db.transaction(scope, async (tx) => {
    const part = (await keptParts(tx, indicatorKind(books.plan))).get(countyId)
    return part && (await findPublished(tx, part.seriesId)).find((each) => each.countyId === countyId)
  })
  return {
    day: value.origin.asOf,
    year: value.year,
    words: wordsOf(value),
    value: value.value,
    missing: value.missing.map(({ of, owedBy }) => (owedBy ? `${of}，由${owedBy}提供` : of)),
    kept: kept ? { seriesId: kept.seriesId, saidAt: kept.saidAt } : null,
    figure: { value: value.value, rate: isRate(value), definition: value.origin.definitionHash },
  }
}

const shown = ({ figure: _, ...told }: Measured): ShownFigure => told
const isRate = ({ denominator }: IndicatorValue) => denominator !== undefined

function wordsOf(value: IndicatorValue): string {
  if (value.value === null) return value.refused ?? '缺数据'
  return isRate(value)
    ? `${(value.value * 100).toFixed(2)}%`
    : `${value.value.toLocaleString('zh-CN')} ${value.unit}`
}
