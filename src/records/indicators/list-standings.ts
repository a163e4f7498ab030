import type { Plan, Target } from '../../plan/index.ts'
import type { Database } from '../../platform/db/open-database.ts'
import type { Scope } from '../../platform/db/scope.ts'
import type { Standing } from './judge-target.ts'
import type { Place } from './list-places.ts'
import { completeFrom } from './measure-indicators.ts'
import { measureYears } from './measure-years.ts'
import { readBooks } from './read-books.ts'
import { indicatorOf, standingOf } from './target-standing.ts'

/** 某地目标进度 — how a place stands against one target, by each reading that can be counted, the one shown first. */
export interface TargetStanding {
  readonly target: Target
  readonly unitId: number
  readonly standings: readonly [Standing, ...Standing[]]
}

/** 列目标进度 — every target of the plan in every county in scope, and in the city where it is named, on the day of the scope. */
export function listStandings(
  db: Database,
  plan: Plan,
  { city, ...scope }: Scope & { readonly asOf: string; readonly city?: Place },
): Promise<TargetStanding[]> {
  const { asOf } = scope
  const own = plan.targets.map((target) => indicatorOf(plan, target))
  const ids = new Set(
    own.flatMap(({ id, boards = [] }) => [id, ...boards.flatMap(({ indicators }) => indicators)]),
  )
  return readBooks(db, scope, async (tx) => {
    const measurement = await measureYears(tx, plan, {
      indicators: [...plan.indicators.values()].filter(({ id }) => ids.has(id)),
      from: Math.min(...plan.targets.map(({ path }) => path.baselineYear)),
      asOf,
      completeFrom: completeFrom(plan, asOf),
      ...(city && { city }),
    })
    return plan.targets.flatMap((target) =>
      measurement.places.map(({ unitId }) => {
        const [first, ...others] = indicatorOf(plan, target).countedReadings ?? []
        const by = (reading?: string) => standingOf(plan, measurement, target, unitId, reading)
        return { target, unitId, standings: [by(first), ...others.map(by)] as const }
      }),
    )
  })
}
