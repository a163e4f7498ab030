import { isMissing } from '../kernel/missing.ts'
import type { DataCheck } from './data-check.ts'
import { parameter } from './parameter.ts'
import type { Plan } from './plan.ts'

/**
 * 规则参数 — the values, on a day, of every dated parameter these rules name, by the key they name it with.
 *
 * A parameter not entered, not valid that day or past its review is left out: a rule that rests on it accuses nobody.
 */
export function checkParameters(
  plan: Plan,
  rules: readonly Pick<DataCheck, 'holds'>[],
  day: string,
): Record<string, number | string> {
  const keys = new Set(rules.flatMap(parametersNamed))
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

/** 所用参数 — the keys of the dated parameters that a check's expression names. */
export function parametersNamed({ holds = '' }: Pick<DataCheck, 'holds'>): string[] {
  return [...holds.matchAll(/\{([^}]+)\}/g)].map(([, key]) => key!)
}
