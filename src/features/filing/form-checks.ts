import { schoolYearOf } from '../../kernel/school-year.ts'
import type { DataCheck, Plan } from '../../plan/index.ts'

/** 本表核验规则 — the checks that one filing of a form is held against; those that compare books run elsewhere. */
export function rulesOf(plan: Plan, formId: string): DataCheck[] {
  return [...plan.checks.values()].filter(({ form, holds }) => form === formId && holds !== undefined)
}

/** 问数时点 — what a statement about a subject is asked for on a day. */
export function askedOn(day: string) {
  return { year: schoolYearOf(day), day, asOf: day }
}
