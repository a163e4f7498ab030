import { isMissing } from '../../kernel/missing.ts'
import { type Plan, parameter, sourceWords, type Target, traceParameter } from '../../plan/index.ts'
import { bindingLine } from '../../records/indicators/target-standing.ts'
import type { TargetLine } from './contract.ts'

/** 目标线 — the figure that binds on a day, why there is none, and every layer's line beside it. */
export interface Lines {
  readonly binding?: number
  /** Why no line binds on the day: not yet in force, past its review. */
  readonly refused?: string
  readonly lines: readonly TargetLine[]
}

/**
 * 目标线 — what the nation, the province and the city each ask for on a day; nothing that differs is hidden.
 *
 * The nearest layer's value binds. A line whose layers do not agree is marked.
 */
export function linesOf(plan: Plan, target: Target, asOf: string): Lines {
  const keys = [target.line, ...(target.otherLines ?? [])].filter((key) => key !== undefined)
  const lines = keys.flatMap((key) => layersOf(plan, key, asOf, key === target.line))
  return { lines, ...bindingLine(plan, target, asOf) }
}

function layersOf(plan: Plan, key: string, day: string, binds: boolean): TargetLine[] {
  const held = (plan.standards.get(key) ?? []).flatMap(({ layer, standard }) => {
    const value = standard.values?.find(
      (each) => each.from <= day && (each.to === undefined || day <= each.to),
    )
    return value ? [{ layer, standard, value }] : []
  })
  const differs = new Set(held.map(({ value }) => value.value)).size > 1
  return held.map(({ layer, standard, value }, at) => ({
    key,
    zh: standard.zh,
    layer: layer.zh,
    value: Number(value.value),
    from: value.from,
    status: value.status,
    source: value.cite ? sourceWords(plan, value.cite) : (standard.rationale ?? ''),
    ...(value.cite?.quote !== undefined && { quote: value.cite.quote }),
    ...(value.note !== undefined && { note: value.note }),
    binding: binds && at === 0,
    differs,
  }))
}

/** 线的来历 — the binding line's parameter as a provenance shows it. */
export function traceLine(plan: Plan, target: Target, asOf: string) {
  if (target.line === undefined) return []
  const found = parameter(plan, target.line, { on: asOf, asOf })
  return !isMissing(found) && found.ok ? [traceParameter(plan, found.value)] : []
}
