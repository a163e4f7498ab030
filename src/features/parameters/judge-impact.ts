import { type Flip, findFlips, type Verdict } from '../../engines/impact/find-flips.ts'
import { isMissing } from '../../kernel/missing.ts'
import { censusDay, schoolYearOf } from '../../kernel/school-year.ts'
import {
  numberParameter,
  type OwnParameter,
  type ParameterReaders,
  type Plan,
  parameterReaders,
  withOwnValues,
} from '../../plan/index.ts'
import type { Books } from '../../records/books.ts'
import { listPlaces } from '../../records/indicators/list-places.ts'
import { readBooks } from '../../records/indicators/read-books.ts'
import { checkVerdicts } from './check-verdicts.ts'
import type { DatedScope } from './dated-scope.ts'
import { dutyVerdicts } from './duty-verdicts.ts'
import { targetVerdicts } from './target-verdicts.ts'

/** 试算影响 — how many things were judged, and every one of which the verdict flips. */
export interface Impact {
  readonly judged: number
  readonly flips: readonly Flip[]
  /** Everything the value on trial says. */
  readonly after: readonly Verdict[]
}

/**
 * 改动的影响 — what a value on trial would change, judged on the newest data before anything is saved.
 *
 * Only what reads the parameter is judged, once under the plan in force and once with the new value; nothing else can
 * flip (a test compares with two full runs). The trial lets the value hold for the figures at hand, also where it is
 * to hold only from a later day: what would otherwise be seen first at the next statistical day is seen now.
 */
export async function judgeImpact(
  books: Pick<Books, 'db' | 'plan' | 'site'>,
  scope: DatedScope,
  change: OwnParameter,
): Promise<Impact> {
  const readers = parameterReaders(books.plan, change.key)
  const before = await verdictsOf(books, books.plan, scope, readers)
  const after = await verdictsOf(books, onTrial(books.plan, change, scope.asOf), scope, readers)
  return { judged: before.length, flips: findFlips(before, after), after }
}

/** 试行规划 — the plan as if the value had held since the statistical day of the figures at hand. */
export function onTrial(plan: Plan, change: OwnParameter, asOf: string): Plan {
  const since = censusDay(schoolYearOf(asOf) - 1)
  return withOwnValues(plan, [{ ...change, from: [change.from, since].sort()[0]! }])
}

/** 各项判断 — every verdict of the city's books under a plan by the targets, indicators and rules named. */
export async function verdictsOf(
  { db, site }: Pick<Books, 'db' | 'site'>,
  plan: Plan,
  scope: DatedScope,
  readers: ParameterReaders,
): Promise<Verdict[]> {
  const { asOf } = scope
  const enough = numberParameter(plan, 'statistics.complete-from', { on: asOf, asOf })
  const ground = {
    asOf,
    completeFrom: isMissing(enough) || !enough.ok ? 1 : enough.value,
    ...(scope.counties.includes(site.cityId) && { city: { unitId: site.cityId, name: site.cityName } }),
  }
  const told = await readBooks(db, scope, async (tx) => ({
    places: new Map((await listPlaces(tx)).map(({ unitId, name }) => [unitId, name])),
    verdicts: [
      ...(await targetVerdicts(tx, plan, readers, ground)),
      ...(await checkVerdicts(tx, plan, readers.checks, asOf)),
    ],
  }))
  // The city itself has no books in which a duty could be open.
  const counties = { ...scope, counties: scope.counties.filter((county) => told.places.has(county)) }
  const nameOf = (countyId: number) => told.places.get(countyId) ?? ''
  return [...told.verdicts, ...(await dutyVerdicts(db, plan, readers.duties, counties, nameOf))]
}
