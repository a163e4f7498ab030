import type { FindingCause } from '../../kernel/finding.ts'
import { type Plan, term } from '../../plan/index.ts'
import type { Finding } from '../../records/findings/finding.ts'

/**
 * 按成因定责任单位 — whom a cause points to: money to finance, posts to establishment and personnel, land to natural
 * resources of the county; what is badly managed to the institution itself, or to the county's education authority.
 *
 * A county answers for its departments as a whole; an institution answers for its own management only.
 */
export function ownerUnits(
  plan: Plan,
  { ownerLevel, county, subject }: Pick<Finding, 'ownerLevel' | 'county' | 'subject'>,
): { readonly cause: FindingCause; readonly unit: string }[] {
  if (ownerLevel === 'institution') return [{ cause: 'management', unit: subject }]
  const of = (cause: FindingCause, kind: string) => ({ cause, unit: `${county}${term(plan, kind)}` })
  return [
    { cause: 'management', unit: `${county}教育主管部门` },
    of('money', 'owner-finance'),
    of('posts', 'owner-posts'),
    of('land', 'owner-natural-resources'),
  ]
}

/** 负责整改的一级 — an institution answers for its own management; what lacks money, posts or land its county answers for. */
export function ownerLevelOf(cause: FindingCause): Finding['ownerLevel'] {
  return cause === 'management' ? 'institution' : 'county'
}
