import type { Database } from './open-database.ts'
import type { Scope } from './scope.ts'

/** 限定的数据库 — the same database for somebody's eyes: no transaction of theirs reaches beyond `limits`. */
export function limitedDatabase(database: Database, limits: Scope): Database {
  return {
    ...database,
    transaction: (scope, work) => database.transaction(within(limits, scope), work),
  }
}

/** The narrower of two scopes: what is asked for, as far as its asker may. */
export function within(limits: Scope, asked: Scope): Scope {
  const institutions = asked.wholeCounties ? undefined : narrower(limits.institutions, asked.institutions)
  const { institutions: _, ...rest } = asked
  return {
    ...rest,
    counties: asked.counties.filter((county) => limits.counties.includes(county)),
    ...(institutions && { institutions }),
    ...(limits.actor && { actor: limits.actor }),
    limits: limits.limits ?? limits,
  }
}

function narrower(one: readonly number[] | undefined, other: readonly number[] | undefined) {
  if (!one || !other) return one ?? other
  return other.filter((institution) => one.includes(institution))
}
