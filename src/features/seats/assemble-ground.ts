import { type Missing, missing } from '../../kernel/missing.ts'
import { type SchoolYear, schoolYearLabel } from '../../kernel/school-year.ts'
import { type Grade, gradesOf, type Stage, stages } from '../../kernel/stage.ts'
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
    notes: [...unfiledNotes(unfiled, read), ...birthNotes(read)],
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
  const begun = new Set([...filed].map((key) => Number(key.split('/')[1])))
  return open
    .filter(({ year }) => year <= now && begun.has(year))
    .flatMap(({ institutionId, unit, year, name, stages: run }) =>
      run
        .filter((stage) => !filed.has(`${institutionId}/${year}/${stage}`))
        .map((stage) => ({ unit, year, stage, name })),
    )
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

function birthTable({ units, births }: Readings): ForecastGround['births'] {
  if (births.length === 0) return undefined
  const firstYear = Math.min(...births.map(({ year }) => year))
  const years = Math.max(...births.map(({ year }) => year)) - firstYear + 1
  const cells = new Float64Array(units.length * years).fill(Number.NaN)
  for (const { unit, year, births: born } of births) cells[unit * years + year - firstYear] = born
  return { firstYear, years, cells }
}

/** A year for which a county's births are known but not its townships' is owed by the county's health authority. */
function birthNotes({ units, births }: Readings): { unit: number; missing: Missing }[] {
  const known = new Set(births.map(({ unit, year }) => `${unit}/${year}`))
  const years = [...new Set(births.map(({ year }) => year))].sort((one, other) => one - other)
  return units.flatMap((county, index) => {
    if (county.level !== 'county') return []
    const below = units.flatMap((unit, at) => (unit.parent === index ? [at] : []))
    return years.flatMap((year) => {
      const without = below.filter((at) => !known.has(`${at}/${year}`)).length
      if (without === 0) return []
      const of =
        without === below.length ? `${year} 年分乡镇出生人数` : `${year} 年 ${without} 个乡镇的出生人数`
      return [
        { unit: index, missing: missing(of, county.name, { since: String(year), owedBy: '县卫生健康委' }) },
      ]
    })
  })
}
