import type { Plan } from '../../plan/index.ts'
import type { Scope } from '../../platform/db/scope.ts'
import type { Books } from '../../records/books.ts'
import { type IndicatorValue, measureIndicators } from '../../records/indicators/measure-indicators.ts'
import type { CaseList, CaseShown } from './contract.ts'
import { tellEffect } from './rules.ts'
import { type CaseRow, listCases } from './store.ts'

/** 案例清单 — every case in sight with the indicator that shows its effect. */
export async function caseList({ db, plan }: Books, scope: Scope): Promise<CaseList> {
  const rows = await db.transaction(scope, (tx) => listCases(tx))
  return rows.map((row) => headOf(plan, row))
}

/**
 * 一个案例 — with its indicator measured anew on the day before and the day after, over its whole county: nobody types a
 * figure, and a corrected book corrects the case.
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
    quote: item ? [item.quote].flat().join('……') : null,
    before: before ? shown(before) : null,
    after: after ? shown(after) : null,
    effect: tellEffect(before && dayFigure(before), after && dayFigure(after), indicator?.direction),
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

async function figureOn(
  books: Books,
  scope: Scope,
  { countyId, indicator }: CaseRow,
  day: string | null,
): Promise<IndicatorValue | null> {
  if (indicator === null || day === null || !books.plan.indicators.has(indicator)) return null
  const values = await measureIndicators(books, {
    scope: { ...scope, counties: [countyId], asOf: day, wholeCounties: '案例的成效要看全县的台账' },
    indicators: [indicator],
  })
  return values.find(({ unitId }) => unitId === countyId) ?? null
}

const isRate = ({ denominator }: IndicatorValue) => denominator !== undefined
const dayFigure = (value: IndicatorValue) => ({ value: value.value, rate: isRate(value) })

function shown(value: IndicatorValue): NonNullable<CaseShown['before']> {
  const words =
    value.value === null
      ? (value.refused ?? '缺数据')
      : isRate(value)
        ? `${(value.value * 100).toFixed(2)}%`
        : `${value.value.toLocaleString('zh-CN')} ${value.unit}`
  return {
    day: value.origin.asOf,
    year: value.year,
    words,
    value: value.value,
    missing: value.missing.map(({ of, owedBy }) => (owedBy ? `${of}，由${owedBy}提供` : of)),
  }
}
