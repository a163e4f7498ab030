import { isMissing } from '../../kernel/missing.ts'
import { numberParameter, type Plan, type Target } from '../../plan/index.ts'
import type { Database } from '../../platform/db/open-database.ts'
import type { Scope } from '../../platform/db/scope.ts'
import type { Standing } from './judge-target.ts'
import { measureYears } from './measure-years.ts'
import { readBooks } from './read-books.ts'
import { indicatorOf, standingOf } from './target-standing.ts'

/** 某地目标进度 — how a county stands against one target, by the reading counted first. */
export interface TargetStanding {
  readonly target: Target
  readonly unitId: number
  readonly standing: Standing
}

/** 列目标进度 — every target of the plan in every county in scope, on the day of the scope. */
export function listStandings(
  db: Database,
  plan: Plan,
  scope: Scope & { readonly asOf: string },
): Promise<TargetStanding[]> {
  const { asOf } = scope
  const own = plan.targets.map((target) => indicatorOf(plan, target))
  const ids = new Set(
    own.flatMap(({ id, boards = [] }) => [id, ...boards.flatMap(({ indicators }) => indicators)]),
  )
  const enough = numberParameter(plan, 'statistics.complete-from', { on: asOf, asOf })
  return readBooks(db, scope, async (tx) => {
    const measurement = await measureYears(tx, plan, {
      indicators: [...plan.indicators.values()].filter(({ id }) => ids.has(id)),
      from: Math.min(...plan.targets.map(({ path }) => path.baselineYear)),
      asOf,
      // Without the parameter a year must be filed whole to count as current.
      completeFrom: isMissing(enough) || !enough.ok ? 1 : enough.value,
    })
    return plan.targets.flatMap((target) =>
      measurement.places.map(({ unitId }) => ({
        target,
        unitId,
        standing: standingOf(
          plan,
          measurement,
          target,
          unitId,
          indicatorOf(plan, target).countedReadings?.[0],
        ),
      })),
    )
  })
}
