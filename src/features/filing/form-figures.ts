import { schoolYearOf } from '../../kernel/school-year.ts'
import type { Indicator, Plan } from '../../plan/index.ts'
import type { Visitor } from '../../platform/access/visitor.ts'
import type { Scope } from '../../platform/db/scope.ts'
import { type Books, bookDay } from '../../records/books.ts'
import { figureWords } from '../../records/indicators/judge-target.ts'
import { measureIndicators } from '../../records/indicators/measure-indicators.ts'
import { countFilings } from '../../records/returns/count-filings.ts'
import { findFiling } from '../../records/returns/find-filings.ts'
import { findPeriod } from '../../records/returns/return-period.ts'
import type { FormFigures } from './figures-contract.ts'

/**
 * 算出的指标 — the indicators that count approved filings of a form, in the county of one of them and for its school year:
 * whoever approves sees what it comes to, and how many of those who owe the form are in it, for along a tree a unit whose
 * filings are owed is unknown. Nothing for who sees only some schools: the figures are the whole county's.
 */
export async function formFigures(
  books: Books,
  { institutions, stages, shares }: Visitor,
  scope: Scope,
  filingId: number,
): Promise<FormFigures | undefined> {
  const { db, plan, site } = books
  const today = bookDay(site)
  const found = await db.transaction(scope, (tx) => findFiling(tx, filingId))
  if (!found) return undefined
  const { filing, form } = found
  const period = findPeriod(form, filing.period, today)
  const indicators = indicatorsOf(plan, form.id)
  if (indicators.length === 0 || institutions || stages || shares) return []
  const county = { counties: [filing.countyId], asOf: today }
  const [owed] = period
    ? await db.transaction(county, (tx) => countFilings(tx, [{ form, period }], today))
    : []
  const values = await measureIndicators(books, {
    scope: county,
    indicators: indicators.map(({ id }) => id),
    ...(period && { schoolYear: schoolYearOf(period.from) }),
  })
  return values.map(({ refused, ...value }) => ({
    indicatorId: value.indicatorId,
    zh: value.zh,
    definition: plan.indicators.get(value.indicatorId)?.definition ?? value.zh,
    countyId: value.unitId,
    county: value.name,
    words: refused ?? figureWords(value),
    numerator: value.numerator,
    denominator: value.denominator ?? null,
    counted: owed ? { due: owed.due, approved: owed.approved } : null,
  }))
}

/** Read off their statements: nobody keeps this list. */
function indicatorsOf(plan: Plan, formId: string): Indicator[] {
  return [...plan.indicators.values()].filter(({ sql }) => sql?.includes(`form_id = '${formId}'`))
}
