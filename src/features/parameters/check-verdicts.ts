import { judgeFiling } from '../../engines/filing/judge-filing.ts'
import type { Verdict } from '../../engines/impact/find-flips.ts'
import { checkParameters, type DataCheck, factsOf, type Plan, type ReturnForm } from '../../plan/index.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { listEntered } from '../../records/returns/list-entered.ts'
import { findPeriod } from '../../records/returns/return-period.ts'
import { comparingVerdicts } from './comparing-verdicts.ts'
import { type Names, nameOf, readNames } from './read-names.ts'

/**
 * 核验规则的判断 — of every filing that stands in the books, whether each of these rules holds of it, and whom those rules
 * doubt that compare filings with one another and with other books. What a filing is held against elsewhere as it is filled is
 * judged there, not here.
 */
export async function checkVerdicts(
  tx: Tx,
  plan: Plan,
  checks: readonly DataCheck[],
  asOf: string,
): Promise<Verdict[]> {
  if (checks.length === 0) return []
  const names = await readNames(tx)
  const found: Verdict[][] = []
  for (const [formId, rules] of Map.groupBy(checks, ({ form }) => form)) {
    const form = plan.forms.get(formId)
    if (!form) continue
    const ofOne = rules.filter((rule) => rule.holds !== undefined && factsOf(rule).length === 0)
    if (ofOne.length > 0) found.push(await filingVerdicts(tx, plan, form, { rules: ofOne, asOf, names }))
    for (const check of rules.filter(({ sql: statement }) => statement !== undefined))
      found.push(await comparingVerdicts(tx, plan, form, { check, asOf, names }))
  }
  return found.flat()
}

interface Held {
  readonly rules: readonly DataCheck[]
  readonly asOf: string
  readonly names: Names
}

async function filingVerdicts(
  tx: Tx,
  plan: Plan,
  form: ReturnForm,
  { rules, asOf, names }: Held,
): Promise<Verdict[]> {
  const filings = await listEntered(tx, form, [...names.counties.keys()])
  const parametersOf = remembered((period) =>
    checkParameters(plan, rules, findPeriod(form, period, asOf)?.from ?? asOf),
  )
  return filings.flatMap(({ countyId, filingId, period, subjectKind, subjectId, filed, before }) => {
    const beside = { parameters: parametersOf(period), ...(before && { before }) }
    const remarks = Map.groupBy(judgeFiling(form, rules, filed, beside), ({ check }) => check)
    return rules.map((rule) => {
      const broken = remarks.get(rule.id) ?? []
      return {
        rule: `check.${rule.id}`,
        ruleZh: `《${form.zh}》${rule.zh}`,
        unitId: countyId,
        place: names.counties.get(countyId) ?? '',
        subject: nameOf(names, countyId, subjectKind, subjectId),
        subjectId: String(filingId),
        verdict: broken.map(({ line }) => line).join(',') || 'holds',
        words: broken.length === 0 ? '通过' : broken.map(({ says }) => says).join('；'),
      }
    })
  })
}

function remembered<T>(compute: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>()
  return (key) => {
    const value = known.get(key) ?? compute(key)
    known.set(key, value)
    return value
  }
}
