import { type Missing, missing } from '../../kernel/missing.ts'
import type { SchoolYear } from '../../kernel/school-year.ts'
import { gradesOf, type Stage } from '../../kernel/stage.ts'
import { type BoardCellAnswer, type BoardRowAnswer, stageNames, type UnitRef } from './contract.ts'
import { type Demand, judgeGap } from './judge-gap.ts'
import { type JudgedYear, type Outlook, readOutlook } from './outlook.ts'
import { type CapacityBasis, rulingSupply, type Supply } from './seat-supply.ts'
import { tellOutlook } from './tell-outlook.ts'

/** 已发布的值 — one value of one unit and stage, as the series holds it. */
export interface SeatValue {
  readonly unitId: number
  readonly measure: string
  readonly stage: string
  readonly year: number
  readonly scenario: string
  readonly mean: number | null
  readonly lo80: number | null
  readonly hi80: number | null
  readonly missing: Missing | null
}

/** 看法 — how published values are to be judged and told. */
export interface Outset {
  readonly stage: Stage
  readonly scenario: string
  readonly basis: CapacityBasis
  /** False: no class-size norm is entered for the stage, the approved figure rules. */
  readonly hasNorm: boolean
  readonly red: number
  readonly bandLevel: number
  readonly now: SchoolYear
}

/** 一行所见 — a unit's years, judged, and what follows from them. */
export interface UnitOutlook {
  readonly unit: UnitRef
  readonly years: readonly (JudgedYear & { readonly supplies?: Supply })[]
  readonly history: readonly { readonly year: SchoolYear; readonly pupils: number }[]
  readonly outlook: Outlook
  readonly missing: readonly Missing[]
  readonly words: string
}

/** 看一单位 — from the published values of one unit and stage to its judged years, outlook and words. */
export function unitOutlook(unit: UnitRef, values: readonly SeatValue[], outset: Outset): UnitOutlook {
  const history = values
    .filter(({ measure, mean }) => measure === 'enrolment' && mean !== null)
    .map(({ year, mean }) => ({ year, pupils: mean as number }))
    .sort((one, other) => one.year - other.year)
  const years = judgedYears(values, outset)
  const outlook = readOutlook(years, history, outset.now, gradesOf[outset.stage].length)
  const gaps = years.flatMap(({ gap }) => (gap.missing ? [gap.missing] : []))
  const owed = [...new Map(gaps.map((each) => [`${each.of}${each.where}`, each])).values()]
  const words = tellOutlook({
    subject: `${unit.name}${stageNames[outset.stage]}`,
    outlook,
    until: years.at(-1)?.year ?? outset.now,
    bandLevel: outset.bandLevel,
    missing: owed,
    wideFrom: years.find(({ demand }) => demand && demand.hi80 - demand.lo80 > demand.mean)?.year,
  })
  return { unit, years, history, outlook, missing: owed, words: years.length === 0 ? '' : words }
}

function judgedYears(values: readonly SeatValue[], outset: Outset): UnitOutlook['years'] {
  const byKey = new Map(
    values
      .filter(({ measure, scenario }) => measure !== 'demand' || scenario === outset.scenario)
      .map((value) => [`${value.measure}/${value.year}`, value]),
  )
  const yearsOf = (measure: string) =>
    [...byKey.values()].filter((value) => value.measure === measure).map(({ year }) => year)
  const demanded = yearsOf('demand')
  const first = Math.max(firstOf(demanded), 1 + Math.max(-Infinity, ...yearsOf('enrolment')))
  const years = new Set([...demanded, ...yearsOf('supply-rooms')].filter((year) => year >= first))
  return [...years]
    .sort((one, other) => one - other)
    .map((year) => {
      const supplies = suppliesOf((measure) => byKey.get(`${measure}/${year}`))
      const demand = demandOf(byKey.get(`demand/${year}`))
      const supply = supplies && rulingSupply(supplies, outset.basis, outset.hasNorm)
      return {
        year,
        gap: judgeGap(demand, supply, outset.red),
        ...(demand && { demand }),
        ...(typeof supply === 'number' && { supply }),
        ...(supplies && { supplies }),
      }
    })
}

/** Where nobody runs the stage any more, seats are shown from the first year for which there are seats. */
function firstOf(demanded: readonly number[]): number {
  return demanded.length === 0 ? -Infinity : Math.min(...demanded)
}

function demandOf(value: SeatValue | undefined): Demand | undefined {
  if (!value || value.mean === null) return undefined
  return { mean: value.mean, lo80: value.lo80 ?? value.mean, hi80: value.hi80 ?? value.mean }
}

/** Both counts of a year; absent when nobody runs the stage that year. */
function suppliesOf(of: (measure: string) => SeatValue | undefined): Supply | undefined {
  const rooms = of('supply-rooms')
  const approved = of('supply-approved')
  if (!rooms || !approved) return undefined
  const unknown = missing('校舍', '本单位')
  return {
    rooms: rooms.mean ?? rooms.missing ?? unknown,
    approved: approved.mean ?? approved.missing ?? unknown,
    substituted: {
      rooms: of('substituted-rooms')?.mean ?? 0,
      approved: of('substituted-approved')?.mean ?? 0,
    },
  }
}

/** 总表一行 — the outlook as the board shows it, one cell for each of `columns`. */
export function boardRow(seen: UnitOutlook, columns: readonly SchoolYear[]): BoardRowAnswer {
  const byYear = new Map(seen.years.map((year) => [year.year, year]))
  const first = seen.outlook.warnings[0]
  return {
    unit: seen.unit,
    lead: first ? first.lead : null,
    words: seen.words,
    cells: columns.map((year) => boardCell(year, byYear.get(year), seen.outlook)),
  }
}

function boardCell(
  year: SchoolYear,
  judged: UnitOutlook['years'][number] | undefined,
  outlook: Outlook,
): BoardCellAnswer {
  const known = (seats: Supply['rooms'] | undefined) => (typeof seats === 'number' ? seats : null)
  const within = outlook.warnings.find(({ first, last }) => first <= year && year <= last)
  return {
    year,
    sign: judged?.gap.sign ?? 'absent',
    gap: judged?.gap.gap ?? null,
    low: judged?.gap.low ?? null,
    high: judged?.gap.high ?? null,
    persistent: within?.persistent ?? false,
    demand: judged?.demand ?? null,
    rooms: known(judged?.supplies?.rooms),
    approved: known(judged?.supplies?.approved),
    ruling: judged?.supply ?? null,
    substituted: judged?.supplies?.substituted ?? { rooms: 0, approved: 0 },
    missing: judged?.gap.missing ?? null,
  }
}
