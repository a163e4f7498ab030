import { Fault } from '../kernel/fault.ts'
import type { Plan } from './plan.ts'

/** 用语 — the Chinese word for an identifier; an identifier outside the glossary is a fault of ours. */
export function term(plan: Plan, id: string): string {
  const found = plan.terms.get(id)
  if (!found) throw new Fault(`terms.yaml has no term '${id}': add it, or use the word it already has`)
  return found.zh
}
