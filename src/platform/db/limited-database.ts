import type { Database } from './open-database.ts'
import type { Scope } from './scope.ts'
import { commonShares, narrower } from './shares.ts'

/** 限定的数据库 — the same database for somebody's eyes: no transaction of theirs reaches beyond `limits`. */
export function limitedDatabase(database: Database, limits: Scope): Database {
  return {
    ...database,
    transaction: (scope, work) => database.transaction(within(limits, scope), work),
  }
}

/** The narrower of two scopes: what is asked for, as far as its asker may. */
export function within(limits: Scope, asked: Scope): Scope {
  const { institutions: _, stages: __, shares: ___, ...rest } = asked
  return {
    ...rest,
    counties: asked.counties.filter((county) => limits.counties.includes(county)),
    ...(!asked.wholeCounties && narrowed(limits, asked)),
    ...(limits.actor && { actor: limits.actor }),
    ...(limits.roles && { roles: limits.roles }),
    limits: limits.limits ?? limits,
  }
}

function narrowed(limits: Scope, asked: Scope): Omit<Scope, 'counties'> {
  const institutions = narrower(limits.institutions, asked.institutions)
  const stages = narrower(limits.stages, asked.stages)
  const shares =
    limits.shares && asked.shares
      ? commonShares(limits.shares, asked.shares)
      : (limits.shares ?? asked.shares)
  return { ...(institutions && { institutions }), ...(stages && { stages }), ...(shares && { shares }) }
}
