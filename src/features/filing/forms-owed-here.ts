import type { Plan, ReturnForm } from '../../plan/index.ts'
import { actsAllowed } from '../../platform/access/policy.ts'
import type { Visitor } from '../../platform/access/visitor.ts'
import { filingAccess } from './access.ts'

/**
 * 应报报表 — the forms that are due in a visitor's sight: to a school and its township centre only what schools fill is;
 * what the county says of them is not theirs to owe.
 */
export function formsOwedHere(plan: Plan, visitor: Visitor): ReturnForm[] {
  const ofSchool = looksFromSchool(visitor)
  return [...plan.forms.values()].filter(({ filledBy }) => !ofSchool || filledBy === 'institution')
}

/** 学校一侧 — does this visitor fill or look at what schools fill, and nothing a county does? */
export function looksFromSchool(visitor: Visitor): boolean {
  const acts = actsAllowed(filingAccess, visitor, {})
  return (
    (acts.includes('fill-institution') || acts.includes('approve-township-centre')) &&
    !acts.includes('fill-county')
  )
}
