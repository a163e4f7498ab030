import { isMissing } from '../../kernel/missing.ts'
import { granted, type Result } from '../../kernel/result.ts'
import { schoolYearOf } from '../../kernel/school-year.ts'
import { type Stage, stages } from '../../kernel/stage.ts'
import { type Reach, reaches } from '../../platform/access/policy.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { type NotFound, notFound } from '../../platform/http/route.ts'
import { type Books, bookDay } from '../../records/books.ts'
import { type ClassSizeChoice, classSizesIn } from './class-sizes.ts'
import type { SeatsQuery, UnitRef } from './contract.ts'
import { type CountyPart, findParts, readPartValues } from './find-parts.ts'
import { findPlace, listPartsOf } from './find-places.ts'
import { type ForecastParameters, forecastParameters } from './forecast-parameters.ts'
import { baseKind, scenarioKind } from './publish-forecast.ts'
import { findScenario } from './store.ts'
import { type Outset, type UnitOutlook, unitOutlook } from './unit-row.ts'

/** 所问 — a query with its defaults filled in. */
export interface SeatsAsked {
  readonly stage: Stage
  readonly unit: number
  readonly scenario: string
  readonly basis?: SeatsQuery['basis']
  readonly asOf: string
}

/** 补默认 — primary school or what the visitor answers for instead, the middle scenario, the day of the books, and the visitor's place. */
export function askedOf(query: SeatsQuery, visitor: Reach, books: Books): SeatsAsked {
  const own = (stage: Stage) => reaches(visitor, { stages: [stage] })
  return {
    stage: query.stage ?? (own('primary') ? 'primary' : (stages.find(own) ?? 'primary')),
    unit: query.unit ?? placeOf(visitor, books),
    scenario: query.scenario ?? 'mid',
    asOf: query.asOf ?? bookDay(books.site),
    ...(query.basis && { basis: query.basis }),
  }
}

/** 所属地 — the city for those who see it, else the visitor's own county. */
export function placeOf(visitor: { readonly counties: readonly number[] }, books: Books): number {
  return visitor.counties.includes(books.site.cityId) ? books.site.cityId : (visitor.counties[0] ?? 0)
}

/** 所读 — a unit and its parts, the publications that answer, and how to judge their values. */
export interface SeatsRead {
  readonly asked: SeatsAsked
  readonly parent: UnitRef
  readonly children: readonly UnitRef[]
  readonly parts: readonly CountyPart[]
  readonly parameters: ForecastParameters
  readonly outset: Outset
  /** Whether a standard class size was entered for a stage: without one its rooms cannot be turned into seats. */
  readonly hasNorm: (stage: Stage) => boolean
  /** The class sizes the scenario counts seats by. */
  readonly classSize: ClassSizeChoice
}

/** 本单位的发布 — the part that answers for the unit's own county, or for the city; undefined when nothing was computed. */
export function ownPart({ parts, parent }: SeatsRead): CountyPart | undefined {
  return parts.find(({ countyId }) => countyId === parent.countyId)
}

/** 读所问 — finds unit, parts, publications and parameters; not found when the unit is not in sight, or the stage not the reader's there. */
export async function readSeats(
  tx: Tx,
  books: Books,
  asked: SeatsAsked,
  reader: Reach,
): Promise<Result<SeatsRead> | NotFound> {
  const parent = await findPlace(tx, asked.unit)
  if (!parent || !reaches(reader, { counties: [parent.countyId], stages: [asked.stage] })) return notFound
  const parameters = forecastParameters(books.plan, asked.asOf)
  if (!parameters.ok) return parameters
  const now = schoolYearOf(asked.asOf)
  const sizes = classSizesIn(books.plan, now, asked.asOf)
  if (!sizes.ok) return sizes
  const hasNorm = (stage: Stage) => !isMissing(sizes.value[stage])
  const saved = await savedScenarioOf(tx, asked.scenario)
  return granted({
    asked,
    parent,
    children: await listPartsOf(tx, parent.unitId),
    parts: await findParts(tx, kindOf(asked.scenario), asked.asOf),
    parameters: parameters.value,
    outset: {
      stage: asked.stage,
      scenario: asked.scenario,
      basis: asked.basis ?? saved?.assumptions.capacityBasis ?? 'rooms',
      hasNorm: hasNorm(asked.stage),
      red: parameters.value.red,
      bandLevel: parameters.value.bandLevel,
      now,
    },
    hasNorm,
    classSize: saved?.assumptions.classSize ?? 'standard',
  })
}

/** 情景的序列类别. */
export function kindOf(scenario: string): string {
  return scenario.startsWith('s') ? scenarioKind(Number(scenario.slice(1))) : baseKind
}

async function savedScenarioOf(tx: Tx, scenario: string) {
  return scenario.startsWith('s') ? findScenario(tx, Number(scenario.slice(1))) : undefined
}

/** 看各单位 — the outlook of each of the units, from what was published. */
export async function outlooksOf(
  tx: Tx,
  read: SeatsRead,
  units: readonly UnitRef[],
  stage: Stage,
): Promise<UnitOutlook[]> {
  const values = await readPartValues(tx, read.parts, { unitIds: units.map(({ unitId }) => unitId), stage })
  const byUnit = Map.groupBy(values, ({ unitId }) => unitId)
  const outset = { ...read.outset, stage, hasNorm: read.hasNorm(stage) }
  return units.map((unit) => unitOutlook(unit, byUnit.get(unit.unitId) ?? [], outset))
}
