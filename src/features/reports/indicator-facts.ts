import { schoolYearLabel } from '../../kernel/school-year.ts'
import type { Plan } from '../../plan/index.ts'
import type { IndicatorValue } from '../../records/indicators/measure-indicators.ts'
import type { PaperValue } from './paper-facts.ts'

/** 指标用数 — of each indicator and place the current figure by the plan's first reading. */
export function indicatorFacts(plan: Plan, measured: readonly IndicatorValue[]): Map<string, PaperValue> {
  const facts = new Map<string, PaperValue>()
  for (const each of measured) {
    const id = `indicator:${each.indicatorId}@${each.unitId}`
    const indicator = plan.indicators.get(each.indicatorId)
    if (!indicator || facts.has(id)) continue
    facts.set(id, {
      zh: `${indicator.zh}（${schoolYearLabel(each.year)}）`,
      text: wordsOf(each),
      source: indicator.sources.map(({ book, rows }) => `${book}：${rows}`).join('；'),
      definition: indicator.definition,
      asOf: each.day,
      where: each.name,
    })
  }
  return facts
}

/** Null where a part is missing; where nobody is counted nothing is required, which is no gap. */
function wordsOf({ value, denominator, refused, unit }: IndicatorValue): string | null {
  if (refused !== undefined) return null
  if (denominator === 0) return '不适用'
  if (value === null) return null
  return unit === '比率' ? `${(value * 100).toFixed(2)}%` : new Intl.NumberFormat('en').format(value)
}
