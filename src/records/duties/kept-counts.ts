import { sql } from 'kysely'
import type { CoverageDuty, Plan } from '../../plan/index.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { PublishedValue } from '../series/published-value.ts'
import { type KeptKind, readKept } from '../series/read-kept.ts'
import type { CountyCoverage, DutyJudgement } from './duty-judgement.ts'

/** Rises whenever the same books and plan would give other counts. */
const engineVersion = 'coverage-1'

/** 覆盖留存类别 — under which kind, plan and engine the counts of the duties are kept. */
export function coverageKind(plan: Plan): KeptKind {
  return { kind: 'coverage', planVersion: plan.version, engineVersion }
}

const parts = ['total', 'covered', 'uncovered', 'unknown', 'whole', 'part'] as const
type Part = (typeof parts)[number]
type Counts = Partial<Pick<CountyCoverage, Part>>

/** 留存的计数 — the counties whose counts were kept and are still the books', and these counts; none are zeros. */
export interface KeptCounts {
  readonly counties: ReadonlySet<number>
  /** Of these, all but the city, whose own books belong to every county's sight. */
  readonly hidden: readonly number[]
  /** All counties are kept and in sight, and nothing was entered in any: counts that look across counties hold too. */
  readonly whole: boolean
  readonly counts: ReadonlyMap<string, Counts>
}

/** 留存之名 — under which counts are found again. */
export function keptKey({ id }: Pick<CoverageDuty, 'id'>, reading = '', countyId: number): string {
  return `${id} ${reading} ${countyId}`
}

/** 取留存的计数 — of these duties. */
export async function readKeptCounts(
  tx: Tx,
  plan: Plan,
  duties: readonly CoverageDuty[],
): Promise<KeptCounts> {
  const { counties, settled, values } = await readKept(
    tx,
    coverageKind(plan),
    duties.map(({ id }) => id),
  )
  const counts = new Map<string, Partial<Record<Part, number>>>()
  for (const { countyId, measure, grade, scenario, mean } of values) {
    const part = parts.find((each) => each === scenario)
    if (part === undefined || typeof mean !== 'number') continue
    const key = keptKey({ id: measure }, grade, countyId)
    counts.set(key, { ...counts.get(key), [part]: mean })
  }
  const { rows: all } = await sql<{ id: number; kind: string }>`
    select county_id as id, kind from registry.county`.execute(tx)
  return {
    counties,
    hidden: all.flatMap(({ id, kind }) => (kind === 'county' && counties.has(id) ? [id] : [])),
    whole: settled && all.every(({ id }) => counties.has(id)),
    counts,
  }
}

/** 计数的留存 — what a judgement counts in each county as the series keeps it, by reading in `grade`, its parts by `scenario`. */
export function keptCounts({ duty, reading, counties }: DutyJudgement, year: number): PublishedValue[] {
  return counties.flatMap((county) =>
    parts.flatMap((scenario) => {
      const { countyId } = county
      const place = { countyId, unitId: countyId, measure: duty.id, stage: '', grade: reading ?? '', year }
      const mean = county[scenario]
      return typeof mean === 'number' ? [{ ...place, scenario, mean }] : []
    }),
  )
}
