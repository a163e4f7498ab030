import { sql } from 'kysely'
import type { SchoolYear } from '../../kernel/school-year.ts'
import { type Stage, stageOfGrade } from '../../kernel/stage.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { listUnits } from '../../records/registry/reads/list-units.ts'
import { placeInstitutions } from '../../records/registry/reads/place-institutions.ts'
import { readBirths } from '../../records/registry/reads/read-births.ts'
import { readCapacity } from '../../records/registry/reads/read-capacity.ts'
import { readEnrolmentPanel } from '../../records/registry/reads/read-enrolment-panel.ts'
import { unitTree } from '../../records/registry/reads/unit-tree.ts'
import { assembleGround, type OpenYear } from './assemble-ground.ts'
import type { ForecastGround, ForecastUnit, PremisesYear } from './forecast-ground.ts'

/**
 * 读底账 — units, pupils, births and premises of all counties in sight, as the books stand on the day they are read.
 *
 * Townships are the smallest units of a forecast; counties and the city are their sums.
 */
export async function readGround(tx: Tx, now: SchoolYear, until: SchoolYear): Promise<ForecastGround> {
  const units = await readUnits(tx)
  const at = new Map(units.map(({ unitId }, index) => [unitId, index]))
  const pupils = (await readEnrolmentPanel(tx, { unitKind: 'township' })).flatMap(
    ({ unitId, schoolYear, grade, pupils: count }) =>
      at.has(unitId) ? [{ unit: at.get(unitId)!, year: schoolYear, grade, pupils: count }] : [],
  )
  const first = pupils.reduce((least, { year }) => Math.min(least, year), now)
  const years = Array.from({ length: until - first + 1 }, (_, index) => first + index)
  const open = await readOpenYears(tx, years, at)
  return assembleGround({
    units,
    pupils,
    births: await readAllBirths(tx, at),
    open,
    filed: await readFiled(tx),
    premises: await readPremises(tx, years, open),
    now,
  })
}

async function readUnits(tx: Tx): Promise<ForecastUnit[]> {
  const { parentOf } = await unitTree(tx, 'administrative')
  const units: ForecastUnit[] = []
  const at = new Map<number, number>()
  for (const level of ['city', 'county', 'township'] as const) {
    for (const { unitId, countyId, name, townshipKind } of await listUnits(tx, level)) {
      const parent = at.get(parentOf.get(unitId) ?? -1) ?? -1
      at.set(unitId, units.length)
      units.push({ unitId, countyId, name, level, parent, street: townshipKind === 'street' })
    }
  }
  return units
}

async function readAllBirths(tx: Tx, at: ReadonlyMap<number, number>) {
  const births = []
  for (const level of ['city', 'county', 'township'] as const) {
    for (const { unitId, year, births: born } of await readBirths(tx, level)) {
      const unit = at.get(unitId)
      if (unit !== undefined) births.push({ unit, year, births: born })
    }
  }
  return births
}

/** Every institution in every year in which it is open on 1 September, coming ones included. */
async function readOpenYears(
  tx: Tx,
  years: readonly SchoolYear[],
  at: ReadonlyMap<number, number>,
): Promise<OpenYear[]> {
  const places = await placeInstitutions(tx, 'township')
  const unitOf = new Map(
    places.map((place) => [`${place.countyId}/${place.institutionId}`, at.get(place.unitId)]),
  )
  const { rows } = await sql<Omit<OpenYear, 'unit'> & { countyId: number }>`
    select county_id as "countyId", institution_id as "institutionId", name, kind, stages, y.year
      from unnest(${years}::integer[]) as y (year)
      join book.institution_dates i on i.valid @> make_date(y.year, 9, 1)
     order by institution_id, y.year`.execute(tx)
  return rows.flatMap(({ countyId, ...open }) => {
    const unit = unitOf.get(`${countyId}/${open.institutionId}`)
    return unit === undefined ? [] : [{ ...open, unit }]
  })
}

async function readFiled(tx: Tx): Promise<Set<string>> {
  const { rows } = await sql<{ id: number; year: number; grades: string[] }>`
    select institution_id as id, school_year as year, array_agg(grade) as grades
      from book.enrolment group by 1, 2`.execute(tx)
  return new Set(
    rows.flatMap(({ id, year, grades }) =>
      [...new Set(grades.map((grade) => stageOfGrade(grade)))].map((stage) => `${id}/${year}/${stage}`),
    ),
  )
}

/** 校舍逐年 — an institution open and without premises in the book is there with nothing known, not left out. */
async function readPremises(
  tx: Tx,
  years: readonly SchoolYear[],
  open: readonly OpenYear[],
): Promise<PremisesYear[]> {
  const keyOf = (id: number, stage: Stage, year: SchoolYear) => `${id}/${stage}/${year}`
  const stated = new Map(
    (await readCapacity(tx, years)).map((each) => [
      keyOf(each.institutionId, each.stage, each.schoolYear),
      each,
    ]),
  )
  const mix = await readClassMix(tx)
  return open.flatMap(({ institutionId, name, kind, stages, unit, year }) =>
    stages.map((stage) => {
      const capacity = stated.get(keyOf(institutionId, stage, year))
      const classes = stage === 'preschool' ? mix.get(institutionId) : undefined
      return {
        unit,
        year,
        institution: name,
        kind,
        stage,
        rooms: capacity?.rooms ?? null,
        approved: capacity?.approvedCapacity ?? null,
        ...(classes && { classes }),
      }
    }),
  )
}

/** Classes of 小、中、大班 in the last year in which a kindergarten filed them. */
async function readClassMix(tx: Tx): Promise<Map<number, number[]>> {
  const { rows } = await sql<{ id: number; grade: string; classes: number }>`
    select institution_id as id, grade, classes from (
      select institution_id, grade, classes, school_year, max(school_year) over (partition by institution_id) as last
        from book.enrolment where grade in ('K1', 'K2', 'K3') and classes is not null) as filed
     where school_year = last`.execute(tx)
  const mix = new Map<number, number[]>()
  for (const { id, grade, classes } of rows) {
    const ofOne = mix.get(id) ?? [0, 0, 0]
    ofOne[Number(grade.slice(1)) - 1] = classes
    mix.set(id, ofOne)
  }
  return mix
}
