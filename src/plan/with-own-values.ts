import { createHash } from 'node:crypto'
import { canonicalJson } from '../kernel/canonical-json.ts'
import type { Manifest } from './manifest.ts'
import type { LayeredStandard, Plan } from './plan.ts'
import type { StandardValue } from './standard.ts'

/** 自定取值 — a value that the site itself gives a parameter from a day on, with the document it rests on. */
export interface OwnParameter {
  readonly key: string
  readonly value: StandardValue['value']
  readonly from: string
  readonly status: StandardValue['status']
  readonly document: string
  readonly article?: string | null
  readonly quote?: string | null
}

const ownLayer: Manifest = { id: 'own', zh: '本市自定', kind: 'city' }

/**
 * 并入自定取值 — the plan with the site's own layer nearest of all; days before an own value keep what the files say.
 *
 * `values` in the order in which they were decided: the later of two from the same day holds. The plan's version
 * changes with them, so that a figure computed under them can be told from one computed without.
 */
export function withOwnValues(plan: Plan, values: readonly OwnParameter[]): Plan {
  const known = values.filter(({ key }) => plan.standards.has(key))
  if (known.length === 0) return plan
  const standards = new Map(plan.standards)
  for (const [key, own] of Map.groupBy(known, (value) => value.key)) {
    const below = plan.standards.get(key) as readonly LayeredStandard[]
    standards.set(key, [layered(below[0] as LayeredStandard, own), ...below])
  }
  const version = createHash('sha256')
    .update(plan.version)
    .update(canonicalJson(known.map((value) => ({ ...value }))))
    .digest('hex')
  return { ...plan, version, layers: [ownLayer, ...plan.layers], standards }
}

function layered({ standard, file }: LayeredStandard, own: readonly OwnParameter[]): LayeredStandard {
  const { notEntered: _, ...base } = standard
  const byDay = new Map(own.map((value) => [value.from, value]))
  const days = [...byDay.keys()].sort()
  const values = days.map((from, at): StandardValue => {
    const { value, status, document, article, quote } = byDay.get(from) as OwnParameter
    const next = days[at + 1]
    return {
      from,
      ...(next !== undefined && { to: dayBefore(next) }),
      value,
      status,
      cite: { document, source: '本市审定', ...(article && { article }), ...(quote && { quote }) },
    }
  })
  return { layer: ownLayer, file, standard: { ...base, values } }
}

function dayBefore(day: string): string {
  return new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10)
}
