import { isMissing } from '../../kernel/missing.ts'
import { schoolYearOf } from '../../kernel/school-year.ts'
import { type DataCheck, type Plan, parameter } from '../../plan/index.ts'

/** 本表核验规则 — the checks that one filing of a form is held against; those that compare books run elsewhere. */
export function rulesOf(plan: Plan, formId: string): DataCheck[] {
  return [...plan.checks.values()].filter(({ form, holds }) => form === formId && holds !== undefined)
}

/**
 * 规则参数 — the values, on a day, of every dated parameter these rules name, by the key they name it with.
 *
 * A parameter not entered, not valid that day or past its review is left out: a rule that rests on it accuses nobody.
 */
export function parametersOf(
  plan: Plan,
  rules: readonly Pick<DataCheck, 'holds'>[],
  day: string,
): Record<string, number | string> {
  const keys = new Set(
    rules.flatMap(({ holds = '' }) => [...holds.matchAll(/\{([^}]+)\}/g)].map(([, key]) => key!)),
  )
  const values: Record<string, number | string> = {}
  for (const key of keys) {
    const [name, part] = key.split('/') as [string, string | undefined]
    const found = parameter(plan, name, { on: day, asOf: day })
    if (isMissing(found) || !found.ok) continue
    const { value } = found.value
    const one = typeof value === 'object' ? value[part ?? ''] : value
    if (one !== undefined) values[key] = one
  }
  return values
}

/** 问数时点 — what a statement about a subject is asked for on a day. */
export function askedOn(day: string) {
  return { year: schoolYearOf(day), day, asOf: day }
}
