import type { CoverageDuty } from './coverage-duty.ts'
import type { DataCheck } from './data-check.ts'
import type { Item, Target } from './duty.ts'
import type { Indicator } from './indicator.ts'
import type { Plan } from './plan.ts'

/** 参数的用处 — whatever in the plan reads a parameter when it is judged or counted. */
export interface ParameterReaders {
  readonly indicators: readonly Indicator[]
  /** Targets measured by it, or whose line it is. */
  readonly targets: readonly Target[]
  readonly duties: readonly CoverageDuty[]
  readonly checks: readonly DataCheck[]
  readonly items: readonly Item[]
}

/** 谁用这个参数 — the indicators, targets, duties, checks and items that read it by its key. */
export function parameterReaders(plan: Plan, key: string): ParameterReaders {
  const reads = (...texts: readonly (string | undefined)[]) =>
    texts.some((text) => text?.includes(`{${key}}`) || text?.includes(`{${key}/`))
  const indicators = [...plan.indicators.values()].filter(({ sql, detailSql }) => reads(sql, detailSql))
  const measured = new Set(indicators.map(({ id }) => id))
  return {
    indicators,
    targets: plan.targets.filter(
      ({ line, otherLines = [], indicator }) =>
        line === key || otherLines.includes(key) || measured.has(indicator),
    ),
    duties: [...plan.coverage.values()].filter(({ sql }) => reads(sql)),
    checks: [...plan.checks.values()].filter(({ holds, sql }) => reads(holds, sql)),
    items: [...plan.items.values()].filter(({ standards = [] }) => standards.includes(key)),
  }
}
