import { sql } from 'kysely'
import type { SchoolYear } from '../../../kernel/school-year.ts'
import type { Grade } from '../../../kernel/stage.ts'
import type { Tx } from '../../../platform/db/transaction-client.ts'
import { apportion } from '../apportion.ts'
import { followSuccession, type Heir, listSuccessions } from './follow-succession.ts'
import { type GatheringKind, type Place, placeInstitutions } from './place-institutions.ts'

/** 在校生面板 — pupils of a unit in a grade of a school year; a year nobody filed has no row, it is not 0. */
export interface PanelRow {
  readonly unitId: number
  readonly schoolYear: SchoolYear
  readonly grade: Grade
  readonly pupils: number
}

/** What a filer's figures of certain years count as: one unit whole, or several by share. */
interface Counted {
  readonly countyId: number
  readonly filedBy: number
  readonly fromYear: SchoolYear
  readonly toYear: SchoolYear
  readonly units: readonly Heir[]
}

/**
 * 在校生面板 — pupils by unit, school year and grade on the tree of the day the books are read.
 *
 * History follows the institution: to the unit where it stands now, to the school it was merged into, by
 * share to the schools it was split into (kept whole by largest remainder). A closed institution without
 * successor stays with the unit it last stood in; so does the share of an heir that has left the county.
 */
export async function readEnrolmentPanel(
  tx: Tx,
  request: { readonly unitKind: GatheringKind },
): Promise<PanelRow[]> {
  const counted = await countedAs(tx, await placeInstitutions(tx, request.unitKind))
  const rows = await gather(
    tx,
    counted.filter((entry) => entry.units.length === 1),
  )
  const shared = counted.filter((entry) => entry.units.length > 1)
  return shared.length === 0 ? rows : added(rows, await share(tx, shared))
}

async function countedAs(tx: Tx, places: readonly Place[]): Promise<Counted[]> {
  const inheritances = followSuccession(await listSuccessions(tx, 'institution'))
  const unitOf = new Map(places.map((place) => [`${place.countyId}/${place.institutionId}`, place.unitId]))
  const inherited = new Set(inheritances.map((entry) => `${entry.countyId}/${entry.filedBy}`))
  const always = { fromYear: 0, toYear: 9999 }
  const plain = places
    .filter((place) => !inherited.has(`${place.countyId}/${place.institutionId}`))
    .map(({ countyId, institutionId: filedBy, unitId }) => {
      return { countyId, filedBy, ...always, units: [{ id: unitId, share: 1 }] }
    })
  const followed = inheritances.flatMap(({ heirs, ...entry }) => {
    const own = unitOf.get(`${entry.countyId}/${entry.filedBy}`)
    const units = new Map<number, number>()
    for (const heir of heirs) {
      const unitId = unitOf.get(`${entry.countyId}/${heir.id}`) ?? own
      if (unitId !== undefined) units.set(unitId, (units.get(unitId) ?? 0) + heir.share)
    }
    return units.size === 0 ? [] : [{ ...entry, units: [...units].map(([id, share]) => ({ id, share })) }]
  })
  return [...plain, ...followed]
}

/**
 * The books are joined to some thousands of rows from here, of which the planner knows little, least of all
 * before it has counted the books: it must not take a nested loop for cheap.
 */
async function gather(tx: Tx, counted: readonly Counted[]): Promise<PanelRow[]> {
  await sql`set local enable_nestloop = off`.execute(tx)
  const { rows } = await sql<PanelRow>`
    select counted.unit_id as "unitId", school_year as "schoolYear", grade, sum(pupils)::float8 as pupils
      from book.enrolment as filed
      join unnest(${counted.map((entry) => entry.countyId)}::integer[], ${counted.map((entry) => entry.filedBy)}::bigint[],
                  ${counted.map((entry) => entry.fromYear)}::integer[], ${counted.map((entry) => entry.toYear)}::integer[],
                  ${counted.map((entry) => entry.units[0]!.id)}::bigint[])
           as counted (county_id, institution_id, from_year, to_year, unit_id)
        on counted.county_id = filed.county_id and counted.institution_id = filed.institution_id
       and school_year >= from_year and school_year < to_year
     group by 1, 2, 3 order by 1, 2, 3`.execute(tx)
  await sql`set local enable_nestloop = on`.execute(tx)
  return rows
}

/** Filings that count for several units, one by one: there are few. */
async function share(tx: Tx, counted: readonly Counted[]): Promise<PanelRow[]> {
  const { rows } = await sql<{ countyId: number; filedBy: number } & Omit<PanelRow, 'unitId'>>`
    select county_id as "countyId", institution_id as "filedBy", school_year as "schoolYear", grade, pupils
      from book.enrolment where institution_id = any (${counted.map((entry) => entry.filedBy)}::bigint[])
     order by 1, 2, 3, 4`.execute(tx)
  return rows.flatMap(({ countyId, filedBy, schoolYear, grade, pupils }) => {
    const units = counted.find(
      (entry) =>
        entry.countyId === countyId &&
        entry.filedBy === filedBy &&
        entry.fromYear <= schoolYear &&
        schoolYear < entry.toYear,
    )?.units
    if (!units) return []
    const parts = apportion(
      pupils,
      units.map((unit) => unit.share),
    )
    return units.map((unit, index) => ({ unitId: unit.id, schoolYear, grade, pupils: parts[index]! }))
  })
}

function added(rows: readonly PanelRow[], more: readonly PanelRow[]): PanelRow[] {
  const keyOf = (row: PanelRow) => `${row.unitId}/${row.schoolYear}/${row.grade}`
  const sums = new Map(rows.map((row) => [keyOf(row), row]))
  for (const row of more) {
    const already = sums.get(keyOf(row))?.pupils ?? 0
    sums.set(keyOf(row), { ...row, pupils: already + row.pupils })
  }
  return [...sums.values()].sort(
    (one, other) =>
      one.unitId - other.unitId || one.schoolYear - other.schoolYear || (one.grade < other.grade ? -1 : 1),
  )
}
