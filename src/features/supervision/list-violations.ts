import type { Plan } from '../../plan/index.ts'
import type { ViolationsAnswer } from './contract.ts'
import { quoteOf } from './name-rule.ts'

/** 问题种类 — the lists of the plan as a page offers them, and the items a finding of no list may rest on. */
export function listViolations(plan: Plan): ViolationsAnswer {
  return {
    lists: [...plan.violations.values()].map(({ id, zh, item, institutionKinds, kinds }) => ({
      ...{ id, zh, item },
      institutionKinds: [...institutionKinds],
      kinds: kinds.map((kind) => ({ rule: `${id}.${kind.id}`, zh: kind.zh, severity: kind.severity })),
    })),
    items: [...plan.items.keys()]
      .filter((id) => /^[MO]/.test(id))
      .map((id) => ({ id, quote: quoteOf(plan, id) ?? '' })),
  }
}
