import { type Missing, missing } from '../../kernel/missing.ts'
import { type SchoolYear, schoolYearLabel } from '../../kernel/school-year.ts'
import { type Grade, gradesOf, type Stage, stages } from '../../kernel/stage.ts'
import { stageNames } from './contract.ts'
import {
  type ForecastGround,
  type ForecastUnit,
  forecastGrades,
  type PremisesYear,
} from './forecast-ground.ts'

/** 开办年 — an institution open on 1 September of a school year, with the unit it counts in. */
export interface OpenYear {
  readonly institutionId: number
  readonly name: string
  readonly kind: string
  readonly stages: readonly Stage[]
  readonly year: SchoolYear
  readonly unit: number
}

/** 所读 — what was read from the books, by unit index. */
export interface Readings {
  readonly units: readonly ForecastUnit[]
  readonly pupils: readonly {
    readonly unit: number
    readonly year: SchoolYear
    readonly grade: Grade
    readonly pupils: number
  }[]
  readonly births: readonly { readonly unit: number; readonly year: number; readonly births: number }[]
  readonly open: readonly OpenYear[]
  /** `institutionId/year/stage` of every filing of pupils. */
  readonly filed: ReadonlySet<string>
  readonly premises: readonly PremisesYear[]
  /** The school year on which the books are read. */
  readonly now: SchoolYear
}

/**
 * 成底账 — turns readings into the arrays the engine wants.
 *
 * A township's stage of which one open institution has not filed is unknown for that year, not smaller. Where
 * all have filed, a grade that had pupils before and has none now is 0. Who has not filed is noted.
 */
export function assembleGround(read: Readings): ForecastGround {
  const firstYear = read.pupils.reduce((least, { year }) => Math.min(least, year), read.now)
  const years = read.now - firstYear + 1
  const width = forecastGrades.length
  const enrolment = new Float64Array(read.units.length * years * width).fill(Number.NaN)
  const present = new Uint8Array(read.units.length * years)
  for (const { unit, year, grade, pupils } of read.pupils) {
    enrolment[(unit * years + year - firstYear) * width + forecastGrades.indexOf(grade)] = pupils
    present[unit * years + year - firstYear] = 1
  }
  const unfiled = unfiledStages(read)
  const ground = { units: read.units, firstYear, years, enrolment, present }
  const births = birthTable(read)
  settleStages(ground, new Set(unfiled.map(({ unit, year, stage }) => `${unit}/${year}/${stage}`)))
  return {
    ...ground,
    ...(births && { births }),
    premises: read.premises,
    filedShare: filedShares(read, firstYear, years, unfiled),
    notes: [...unfiledNotes(unfiled, read), ...yearNotes(read), ...premisesNotes(read), ...birthNotes(read)],
  }
}

interface Unfiled {
  readonly unit: number
  readonly year: SchoolYear
  readonly stage: Stage
  readonly name: string
}

/** Years nobody at all has filed are not owed by single schools: they are simply still to come. */
function unfiledStages({ open, filed, now }: Readings): Unfiled[] {
  const begun = begunYears(filed)
  return open
    .filter(({ year }) => year <= now && begun.has(year))
    .flatMap(({ institutionId, unit, year, name, stages: run }) =>
      run
        .filter((stage) => !filed.has(`${institutionId}/${year}/${stage}`))
        .map((stage) => ({ unit, year, stage, name })),
    )
}

/** By year of the panel: of the stages that open institutions run, the share whose pupils were filed. */
function filedShares(
  { open, filed }: Readings,
  firstYear: SchoolYear,
  years: number,
  unfiled: readonly Unfiled[],
): number[] {
  const begun = begunYears(filed)
  return Array.from({ length: years }, (_, index) => {
    const year = firstYear + index
    if (!begun.has(year)) return 0
    const run = open.filter((each) => each.year === year).reduce((sum, each) => sum + each.stages.length, 0)
    const owed = unfiled.filter((each) => each.year === year).length
    return run === 0 ? 1 : 1 - owed / run
  })
}

function begunYears(filed: ReadonlySet<string>): Set<SchoolYear> {
  return new Set([...filed].map((key) => Number(key.split('/')[1])))
}

function settleStages(
  {
    units,
    firstYear,
    years,
    enrolment,
    present,
  }: Pick<ForecastGround, 'units' | 'firstYear' | 'years' | 'enrolment' | 'present'>,
  unfiled: ReadonlySet<string>,
): void {
  const width = forecastGrades.length
  for (let unit = 0; unit < units.length; unit++) {
    if (units[unit]!.level === 'city' || units[unit]!.level === 'county') continue
    for (const stage of stages) {
      for (let year = 0; year < years; year++) {
        const owed = unfiled.has(`${unit}/${firstYear + year}/${stage}`)
        if (owed) present[unit * years + year] = 1
        if (!owed && !present[unit * years + year]) continue
        for (const grade of gradesOf[stage]) {
          const at = (unit * years + year) * width + forecastGrades.indexOf(grade)
          const before = year > 0 ? enrolment[at - width]! : Number.NaN
          if (owed) enrolment[at] = Number.NaN
          else if (Number.isNaN(enrolment[at]!) && before >= 0) enrolment[at] = 0
        }
      }
    }
  }
}

function unfiledNotes(unfiled: readonly Unfiled[], { now }: Readings): { unit: number; missing: Missing }[] {
  const recent = unfiled.filter(({ year }) => year >= now - 1)
  const bySchool = Map.groupBy(recent, ({ unit, year, name }) => `${unit}/${year}/${name}`)
  return [...bySchool.values()].map(([first]) => ({
    unit: first!.unit,
    missing: missing(`${schoolYearLabel(first!.year)}在校生`, first!.name, {
      since: String(first!.year),
      owedBy: '学校（园）',
    }),
  }))
}

/** Years since the last filing, up to now, that nobody has filed: owed by the counties as a whole. */
function yearNotes({ filed, now }: Readings): { unit: number; missing: Missing }[] {
  const last = Math.max(...begunYears(filed))
  if (!Number.isFinite(last)) return []
  return Array.from({ length: Math.max(0, now - last) }, (_, index) => last + 1 + index).map((year) => ({
    unit: 0,
    missing: missing(`${schoolYearLabel(year)}在校生`, '全部学校（园）', {
      since: String(year),
      owedBy: '县（市、区）教体局',
    }),
  }))
}

/** Rooms and approved seats that institutions open this year have not filed. */
function premisesNotes({ premises, now }: Readings): { unit: number; missing: Missing }[] {
  const note = (unit: number, of: string, where: string, owedBy: string) => ({
    unit,
    missing: missing(of, where, { since: String(now), owedBy }),
  })
  return premises
    .filter(({ year }) => year === now)
    .flatMap(({ unit, institution, stage, rooms, approved }) => [
      ...(rooms === null ? [note(unit, `${stageNames[stage]}教室数`, institution, '学校（园）')] : []),
      ...(approved === null
        ? [note(unit, `${stageNames[stage]}核定规模`, institution, '县（市、区）教体局')]
        : []),
    ])
}

function birthTable({ units, births }: Readings): ForecastGround['births'] {
  if (births.length === 0) return undefined
  const firstYear = Math.min(...births.map(({ year }) => year))
  const years = Math.max(...births.map(({ year }) => year)) - firstYear + 1
  const cells = new Float64Array(units.length * years).fill(Number.NaN)
  for (const { unit, year, births: born } of births) cells[unit * years + year - firstYear] = born
  return { firstYear, years, cells }
}

/** 历年出生人口 — what a county without any births is told to owe; the engine says the same when none has any. */
export const allBirths = '历年出生人口'

/** A county without births at all, or a year for which its townships' are not known, is owed by the county's health authority. */
function birthNotes({ units, births }: Readings): { unit: number; missing: Missing }[] {
  const known = new Set(births.map(({ unit, year }) => `${unit}/${year}`))
  const years = [...new Set(births.map(({ year }) => year))].sort((one, other) => one - other)
  return units.flatMap((county, index) => {
    if (county.level !== 'county') return []
    const below = units.flatMap((unit, at) => (unit.parent === index ? [at] : []))
    const owedBy = '县卫生健康委'
    if (years.length > 0 && !births.some(({ unit }) => unit === index || below.includes(unit)))
      return [{ unit: index, missing: missing(allBirths, county.name, { owedBy }) }]
    return years.flatMap((year) => {
      const without = below.filter((at) => !known.has(`${at}/${year}`)).length
      if (without === 0) return []
      const of =
        without === below.length ? `${year} 年分乡镇出生人数` : `${year} 年 ${without} 个乡镇的出生人数`
      return [{ unit: index, missing: missing(of, county.name, { since: String(year), owedBy }) }]
    })
  })
}
