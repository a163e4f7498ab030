import type { Scope } from '../db/scope.ts'
import { grantsOf, type Visitor } from './visitor.ts'

/** 访问者的范围 — the scope beyond which no transaction of a visitor's reaches. */
export function limitsOf(visitor: Visitor): Scope {
  const { account, counties, institutions, stages, shares } = visitor
  return {
    counties,
    actor: account,
    roles: [...new Set(grantsOf(visitor).map(({ role }) => role))],
    ...(institutions && { institutions }),
    ...(stages && { stages }),
    ...(shares && { shares }),
  }
}
