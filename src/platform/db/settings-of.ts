import type pg from 'pg'
import { roomRole } from './roles.ts'
import type { Scope } from './scope.ts'

/**
 * 范围设定 — the statements that put a transaction under the rooms' role and a scope.
 *
 * SET LOCAL takes no parameters and set_config does not reach a distributed worker: literals, escaped by the driver.
 */
export function settingsOf(client: pg.PoolClient, scope: Scope): string {
  const setting = (name: string, text: string) => `set local app.${name} = ${client.escapeLiteral(text)}`
  return [
    `set local role ${roomRole}`,
    setting('counties', scope.counties.map(Number).join(',')),
    setting('institutions', scope.institutions?.map(Number).join(',') ?? 'all'),
    setting('stages', scope.stages?.join(',') ?? 'all'),
    setting('shares', scope.shares ? JSON.stringify(scope.shares) : ''),
    setting('as_of', scope.asOf ?? ''),
    setting('known_at', scope.knownAt ?? ''),
    setting('actor', scope.actor ?? ''),
    setting('roles', scope.roles?.join(',') ?? ''),
    setting('limits', scope.limits ? JSON.stringify(limitsOf(scope.limits)) : ''),
    // Always said: a request's parts share one transaction, and upkeep in one must not reach the next.
    setting('upkeep', scope.upkeep ? 'on' : ''),
  ].join('; ')
}

function limitsOf({ counties, institutions, stages, shares, actor, roles }: Scope): Scope {
  return { counties, ...JSON.parse(JSON.stringify({ institutions, stages, shares, actor, roles })) }
}
