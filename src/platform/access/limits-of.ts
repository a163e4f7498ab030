import type { Scope } from '../db/scope.ts'
import type { Visitor } from './visitor.ts'

/** 访问者的范围 — the scope beyond which no transaction of a visitor's reaches. */
export function limitsOf({ account, counties, institutions, stages, shares }: Visitor): Scope {
  return {
    counties,
    actor: account,
    ...(institutions && { institutions }),
    ...(stages && { stages }),
    ...(shares && { shares }),
  }
}
